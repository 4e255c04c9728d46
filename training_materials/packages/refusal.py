"""What is said when a package cannot be let in."""


class PackageRefusedError(Exception):
    """In words for trainers: what is wrong with the file, and where. Nothing of it is kept."""
