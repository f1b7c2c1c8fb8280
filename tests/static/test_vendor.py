import hashlib
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "static" / "vendor"


def sums() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    return {path: checksum for checksum, path in (line.split(maxsplit=1) for line in lines)}


def test_files_of_others_are_unchanged():
    for path, checksum in sums().items():
        assert hashlib.sha256((VENDOR / path).read_bytes()).hexdigest() == checksum, path


def test_every_file_of_others_is_listed():
    files = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}

    assert files - {"SHA256SUMS"} == set(sums())


def test_every_package_carries_its_licence():
    for package in (path for path in VENDOR.iterdir() if path.is_dir()):
        assert (package / "LICENSE").exists(), package.name
