"""``python -m chaoslearn``: the command, also where it is not on the path."""

from chaoslearn.command import main

main()
