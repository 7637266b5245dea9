"""The one exception a user's mistake raises: a line that says what, where and what to do."""


class InputError(ValueError):
    """Bad input, told in one clear line: what is wrong, where it stands, what to do about it.

    Everything below the workflow raises this for a config, file or argument that cannot be used;
    a job turns it into that one line and a non-zero exit code.
    """


def one_line(error: Exception) -> str:
    """What another exception says, without its line breaks."""
    return " ".join(str(error).split())


def named(error: Exception) -> str:
    """Another exception's type, and what it says, without its line breaks."""
    return f"{type(error).__name__}: {one_line(error)}"
