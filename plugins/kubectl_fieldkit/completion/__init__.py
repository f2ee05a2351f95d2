"""TAB: every plugin's binary, called as `kubectl_complete-NAME`, says what may stand at the cursor.

kubectl 1.26 and newer run a program of that name with the words so far, the last one perhaps empty, and
read Cobra's protocol from it. `line` says what is asked for at the cursor, `offers` and `names` gather
it from the kubeconfig and the cluster, `choices` makes it harmless and writes it, and `answering` sees
that all this is silent and over in time. `installing` puts the program where kubectl finds it.
"""
