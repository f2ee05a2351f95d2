"""What would mend a finding: commands for a shell, or what to write into a file of the node."""

import shlex
from collections.abc import Sequence

from kubectl_fieldkit.findings import Fix, Subject
from kubectl_proxy_mode.judged import Judged
from kubectl_proxy_mode.lint.proxies import made_by

# Where a cloud puts back what others write, its own tool is the way; EKS is only known to take iptables.
EKS, AKS = "kube-proxy-config", "mcr.microsoft.com/"
OF_EKS = (
    "aws eks update-addon --cluster-name NAME --addon-name kube-proxy"
    """ --configuration-values '{"mode":"iptables"}'"""
)
OF_AKS = (
    """echo '{{"enabled":true,"mode":"{mode}"}}' > kube-proxy.json"""
    " && az aks update --resource-group GROUP --name NAME --kube-proxy-config kube-proxy.json"
)
RANCHER = ("k3s", "rke2")


def set_mode(told: Subject, group: Sequence[Judged], mode: str) -> Fix | None:
    """Gives the kube-proxies of a group this mode."""
    first = group[0]
    if told.kind == "ConfigMap" and told.name == EKS:
        return Fix(command=OF_EKS)
    if told.kind == "DaemonSet" and _image(first).startswith(AKS):
        return Fix(command=OF_AKS.format(mode=mode.upper()))
    if told.kind == "ConfigMap":
        return _in_file(told, made_by(first), mode)
    if told.kind == "DaemonSet":
        return _in_arguments(told, first.answer.configured, mode)
    for name in RANCHER:
        if f"+{name}" in first.node.status.node_info.kubelet_version:
            file = f"# /etc/rancher/{name}/config.yaml on the node"
            return Fix(patch=f"{file}\nkube-proxy-arg:\n- proxy-mode={mode}\n")
    return None


def restart(made: Subject) -> Fix | None:
    """Starts a DaemonSet's pods anew, one after the other."""
    return Fix(command=_restart(made)) if made.kind == "DaemonSet" else None


def park(made: Subject, label: str) -> Fix | None:
    """Keeps a DaemonSet's pods off all nodes, by a label that none has; taking it away undoes it."""
    if made.kind != "DaemonSet":
        return None
    patch = f'{{"spec":{{"template":{{"spec":{{"nodeSelector":{{"{label}":"true"}}}}}}}}}}'
    return Fix(command=f"{_kubectl(made)} patch daemonset {_name(made)} -p {shlex.quote(patch)}")


def set_image(made: Subject, container: str, image: str) -> Fix | None:
    """Another image for a DaemonSet's container."""
    if made.kind != "DaemonSet":
        return None
    words = f"{shlex.quote(container)}={shlex.quote(image)}"
    return Fix(command=f"{_kubectl(made)} set image daemonset/{_name(made)} {words}")


def _in_file(told: Subject, made: Subject, mode: str) -> Fix:
    """The one line of the file, which is there or not; a kube-proxy reads it when it starts."""
    program = (
        "/^ *mode:/ {next} {print} "
        f'/^ *kind: KubeProxyConfiguration *$/ {{sub(/kind:.*/, "mode: {mode}"); print}}'
    )
    kubectl = _kubectl(told)
    read = f"{kubectl} get configmap {_name(told)} -o yaml"
    write = f"{read} | awk '{program}' | {kubectl} replace -f -"
    return Fix(command=f"{write} && {_restart(made)}" if made.kind == "DaemonSet" else write)


def _in_arguments(told: Subject, before: str | None, mode: str) -> Fix:
    """The one argument; where there is none, what to add is told."""
    if not before:
        return Fix(patch=f"--proxy-mode={mode}\n")
    kubectl = _kubectl(told)
    read = f"{kubectl} get daemonset {_name(told)} -o yaml"
    change = shlex.quote(f"s/--proxy-mode={before}/--proxy-mode={mode}/")
    return Fix(command=f"{read} | sed {change} | {kubectl} replace -f -")


def _image(judged: Judged) -> str:
    container = judged.pod.spec.kube_proxy if judged.pod else None
    return container.image if container else ""


def _restart(made: Subject) -> str:
    return f"{_kubectl(made)} rollout restart daemonset/{_name(made)}"


def _kubectl(subject: Subject) -> str:
    return f"kubectl -n {shlex.quote(subject.namespace)}"


def _name(subject: Subject) -> str:
    return shlex.quote(subject.name)
