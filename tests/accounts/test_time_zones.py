from backpain.accounts.forms import time_zone_choices


def test_come_grouped_by_region_with_readable_cities():
    choices = dict(time_zone_choices())

    assert list(choices)[:3] == ["UTC", "Africa", "America"]
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in choices["America"]
    assert choices["UTC"] == [("UTC", "UTC")]


def test_leave_out_what_nobody_lives_in():
    assert not {"Etc", "SystemV", "posix", "right"} & dict(time_zone_choices()).keys()
