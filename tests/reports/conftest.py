from tests.insights.conftest import advised, answered, catalogue, ran, stood  # noqa: F401
