"""FIT files byte by byte, as watches of every age write them."""

import struct

import pytest

from backpain.activity_files.fit_frames import CompressedTimestamps, checksum, cut_down, files_in
from tests.activity_files.files import START, fit_run
from tests.activity_files.reading import read

FIT_EPOCH_S = 631_065_600
BEGIN = int(START.timestamp()) - FIT_EPOCH_S
RECORD, TIMESTAMP, HEART_RATE, DISTANCE = 20, 253, 3, 5
UINT8, UINT32 = 0x02, 0x86
WANTED = {RECORD: {TIMESTAMP, DISTANCE}}
FIELDS = ((TIMESTAMP, 4, UINT32), (HEART_RATE, 1, UINT8), (DISTANCE, 4, UINT32))


def sealed(*messages):
    data = b"".join(messages)
    content = struct.pack("<BBHI4s", 12, 0x10, 0, len(data), b".FIT") + data
    return content + checksum(content).to_bytes(2, "little")


def definition(kind, fields, *, local=0, order="<", developer_sizes=()):
    head = 0x40 | local | (0x20 if developer_sizes else 0)
    count = bytes([len(developer_sizes)]) if developer_sizes else b""
    developers = b"".join(bytes([number, size, 0]) for number, size in enumerate(developer_sizes))
    return (
        struct.pack(f"{order}BBBHB", head, 0, order == ">", kind, len(fields))
        + b"".join(map(bytes, fields))
        + (count + developers)
    )


def record(seconds, metres, *, order="<", developer=b""):
    """A sample with a heart rate between time and distance, which FIT counts in centimetres."""
    return struct.pack(f"{order}BIBI", 0, BEGIN + seconds, 140, metres * 100) + developer


def test_have_the_checksum_that_is_published():
    assert checksum(b"123456789") == 0xBB3D  # CRC-16/ARC


@pytest.mark.parametrize("order", ["<", ">"])
def test_keep_only_what_is_wanted(order, now):
    other = definition(21, [(0, 1, 0)], local=1)
    content = sealed(
        definition(RECORD, FIELDS, order=order),
        record(0, 0, order=order),
        other,
        b"\x01\x00",
        record(60, 200, order=order),
    )

    cut = cut_down(content, WANTED)

    assert cut.intact
    assert len(content) - len(cut.content) == 3 + 2 * 1 + len(other) + 2
    assert read(content, now=now).distance_m == 200.0
    assert read(content, now=now).duration_s == 60.0


def test_may_carry_fields_of_developers(now):
    content = sealed(
        definition(RECORD, FIELDS, developer_sizes=(4, 2)),
        record(0, 0, developer=b"abcdef"),
        record(60, 200, developer=b"ghijkl"),
    )

    assert cut_down(content, WANTED).intact
    assert read(content, now=now).distance_m == 200.0


def test_with_times_in_the_first_byte_are_read_whole(now):
    compressed = definition(RECORD, [(DISTANCE, 4, UINT32)], local=1)
    samples = [
        struct.pack("<BI", 0x80 | 1 << 5 | (BEGIN + seconds) % 32, seconds * 300)
        for seconds in range(10, 100, 10)
    ]
    content = sealed(definition(RECORD, FIELDS), compressed, record(0, 0), *samples)

    with pytest.raises(CompressedTimestamps):
        cut_down(content, WANTED)

    activity = read(content, now=now)

    assert (activity.started_at, activity.duration_s, activity.distance_m) == (START, 90.0, 270.0)


@pytest.mark.parametrize(
    "messages",
    [
        [definition(RECORD, FIELDS), record(0, 0)[:-1]],
        [definition(RECORD, FIELDS)[:-1]],
        [record(0, 0)],
        [b"\x40"],
    ],
    ids=["in a sample", "in a definition", "never defined", "after a byte"],
)
def test_that_end_too_early_are_not_intact(messages):
    assert not cut_down(sealed(*messages), WANTED).intact


def test_are_not_intact_when_a_byte_was_changed():
    content = bytearray(fit_run())
    content[-6] ^= 1  # in the summary

    assert not cut_down(bytes(content), WANTED).intact


def test_are_found_one_behind_the_other():
    first, second = fit_run(), fit_run(total_distance=3000.0)

    assert list(files_in(first + second)) == [first, second]
    assert list(files_in(first + b"more")) == [first + b"more"]
