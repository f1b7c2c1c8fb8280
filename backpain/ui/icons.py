"""Line icons on a 24 by 24 grid, our own drawings; the style sheet gives stroke and size.

Each verdict has an icon of its own name, so that `{% icon advice.verdict %}` draws it.
"""

_PHONE = (
    '<path d="M6 4h3l1.5 4-2 1.5a11 11 0 0 0 5 5l1.5-2 4 1.5v3a2 2 0 0 1-2 2'
    'A14 14 0 0 1 4 6a2 2 0 0 1 2-2z"/>'
)
_PERSON = '<circle cx="12" cy="8" r="3.6"/><path d="M5 20c.6-4 3.3-6 7-6s6.4 2 7 6"/>'
_CLOCK = '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>'
ICONS = {
    "advice": '<path d="M4 5h16v11h-9l-4 4v-4H4zM8 9.5h8M8 12.5h5"/>',
    "again": '<path d="M4.5 12a7.5 7.5 0 1 0 2.3-5.4M4.5 4v4.5H9"/>',
    "arrow": '<path d="M5 12h14M13 6l6 6-6 6"/>',
    "chart": '<path d="M4 19h16M6.5 15l4-5 3.5 3 5-7"/>',
    "check": '<path d="M5 13l4.5 4.5L19 7.5"/>',
    "clock": _CLOCK,
    "emergency": _PHONE,
    "exercises": '<path d="M4 9v6M7.5 7v10M16.5 7v10M20 9v6M7.5 12h9"/>',
    "flag": '<path d="M6 21V4M6 4.5h12l-3 4 3 4H6"/>',
    "help": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M9.7 9.6a2.4 2.4 0 1 1 3.3 2.2c-.7.3-1 .8-1 1.6M12 16.4v.1"/>'
    ),
    "history": '<path d="M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01"/>',
    "hold": '<path d="M5 9.5h14M5 14.5h14"/>',
    "home": '<path d="M4 11l8-7 8 7v8.5a1 1 0 0 1-1 1h-4.5v-6h-5v6H5a1 1 0 0 1-1-1z"/>',
    "learn": (
        '<path d="M9.5 17.5h5M10.5 20.5h3M12 3.5a6 6 0 0 0-3.6 10.8c.7.6 1 1.2 1.1 2h5c.1-.8.4-1.4 1.1-2'
        'A6 6 0 0 0 12 3.5z"/>'
    ),
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "pause": '<path d="M8.5 5.5v13M15.5 5.5v13"/>',
    "person": _PERSON,
    "phone": _PHONE,
    "plan": '<path d="M6 4h12v16H6zM9 9h6M9 13h6"/>',
    "play": '<path d="M8 5l11 7-11 7z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "professional": _PERSON,
    "progress": '<path d="M12 19V5M6 11l6-6 6 6"/>',
    "regress": '<path d="M12 5v14M6 13l6 6 6-6"/>',
    "rules": '<path d="M12 6.5C10 5 7 4.5 4 5v13c3-.5 6 0 8 1.5 2-1.5 5-2 8-1.5V5c-3-.5-6 0-8 1.5v13"/>',
    "run": '<path d="M3 17v-6l3 1.5L9 8l5 5 5.5 1.5A2 2 0 0 1 21 16.5V17z"/>',
    "settings": (
        '<circle cx="12" cy="12" r="3.2"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1'
        'M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1"/>'
    ),
    "sign-out": '<path d="M13 5H6v14h7M10 12h10M16 8l4 4-4 4"/>',
    "urgent": _CLOCK,
}
