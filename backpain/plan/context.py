from django.http import HttpRequest

from backpain.coach.thresholds import SHIPPED


def zones(request: HttpRequest) -> dict[str, dict[str, int]]:
    """Give every template the upper ends of the low and the raised pain zone (P-1)."""
    return {"zones": {"low": SHIPPED.zone_acceptable - 1, "raised": SHIPPED.zone_high - 1}}
