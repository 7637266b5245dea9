"""Reading the numbers in a forcing's name: ``random-30-10`` → (30, 10)."""

from __future__ import annotations

from chaoslearn.errors import InputError


def whole_numbers(
    forcing: str, names: tuple[str, ...], arguments: tuple[str, ...]
) -> tuple[int, ...]:
    """One whole number ≥ 1 for each of ``names``.

    Raises
    ------
    InputError : a count that differs, or an argument that is no whole number ≥ 1.
    """
    _require_count(forcing, names, arguments)
    for name, text in zip(names, arguments, strict=True):
        if not text.isascii() or not text.isdigit() or int(text) < 1:
            raise InputError(
                f"forcing {forcing}-{'-'.join(arguments)}: {name} must be a whole number of steps "
                f"≥ 1, got {text!r}"
            )
    return tuple(int(text) for text in arguments)


def positive_number(forcing: str, name: str, text: str) -> float:
    """A finite number > 0, written in decimal digits (``10``, ``0.5``).

    Raises
    ------
    InputError : anything else.
    """
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not 0 < number < float("inf"):
        raise InputError(f"forcing {forcing}: {name} must be a number > 0, got {text!r}")
    return number


def _require_count(forcing: str, names: tuple[str, ...], arguments: tuple[str, ...]) -> None:
    if len(names) != len(arguments):
        wanted = "-".join((forcing, *names))
        got = "-".join((forcing, *arguments))
        raise InputError(f"forcing {got}: write it as {wanted}")
