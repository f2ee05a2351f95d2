"""Strings of a cluster as file names: one for each string, on every file system."""

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-_")
LONGEST = 150  # file systems take 255 bytes, and the kind stands before the name
DIGEST = 32
DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}


def file_name(text: str, longest: int = LONGEST) -> str:
    """The text with every other byte than a-z, 0-9, dot, dash and underscore as %xx.

    So two texts that differ only in case are two files where case counts and where it does not, and
    none leads out of its folder. What is too long ends in its SHA-256, behind a mark that no
    other name has.
    """
    name = "".join(_spelled(character) for character in text)
    if len(name) <= longest:
        return name
    from hashlib import sha256

    digest = sha256(text.encode(errors="surrogatepass")).hexdigest()[:DIGEST]
    return f"{name[: longest - DIGEST - 1]}~{digest}"


def folder_name(text: str) -> str:
    """The same, and no name that Windows keeps for its devices, nor `.` or `..`."""
    name = file_name(text)
    stem = name.partition(".")[0]
    if not stem or stem in DEVICES:
        return "".join(f"%{byte:02x}" for byte in name[:1].encode()) + name[1:]
    return name


def _spelled(character: str) -> str:
    if character in PLAIN:
        return character
    return "".join(f"%{byte:02x}" for byte in character.encode(errors="surrogatepass"))
