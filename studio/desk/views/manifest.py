"""What a phone needs to keep the studio on its home screen."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Public, since browsers ask for it without a cookie; so it names no one."""
    icon = {"src": static("icons/seal.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "name": "Throughline",
            "short_name": "Throughline",
            "start_url": "/",
            "display": "standalone",
            "background_color": "#fafafa",
            "theme_color": "#fafafa",
            "icons": [icon],
        },
        content_type="application/manifest+json",
    )
