"""`pytest --hypothesis-profile=deep tests/properties` looks for an hour instead of a minute."""

import hypothesis

hypothesis.settings.register_profile("deep", deadline=None, max_examples=2_000)
