from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, str]:
    """Give every template the product's name and the looks this user chose."""
    user = getattr(request, "user", None)
    return {
        "product_name": settings.PRODUCT_NAME,
        "theme": getattr(user, "theme", "auto"),
        "skin": getattr(user, "skin", ""),
        "outfit": getattr(user, "outfit", ""),
    }
