"""`pytest --hypothesis-profile=deep tests/properties` looks for half an hour instead of half a minute."""

import hypothesis

hypothesis.settings.register_profile("deep", deadline=None, max_examples=2_000)
