"""The command `mandat`, also as `python -m service`."""

import gc


def main() -> None:
    """Import the application, and run the command.

    What is imported stays until the process ends. To look through it for garbage again and again costs a fifth of the
    start, and time in every full collection later: so it is set apart.
    """
    gc.disable()
    from service import app  # noqa: PLC0415 - the collector has to be off before

    gc.freeze()
    gc.enable()
    app.main()


if __name__ == "__main__":
    main()
