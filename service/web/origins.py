"""Where what a page shows is from."""

from service.identity import ports


def sample(case: bool) -> bool:
    """Whether a case is made up, and says so: one about a sample target, and every case of a demonstration, also before
    it has a target."""
    return case or ports().demo
