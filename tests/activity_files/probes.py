"""What a hostile file might make a parser do; run in a child of `Readers`."""

import os
import resource
import signal
import socket
import sqlite3
import sys
import time

from backpain.activity_files import NotReadable


def open_socket():
    socket.socket()


def open_file():
    open(__file__).close()


def open_database():
    sqlite3.connect("probe.sqlite3").execute("select 1")


def environment():
    return dict(os.environ)


def modules():
    return set(sys.modules)


def limits():
    """Return seconds of CPU left, bytes of addresses and of memory of its own, and descriptors."""
    return (
        signal.getitimer(signal.ITIMER_PROF)[0],
        resource.getrlimit(resource.RLIMIT_AS),
        resource.getrlimit(resource.RLIMIT_DATA),
        resource.getrlimit(resource.RLIMIT_NOFILE),
    )


def burn():
    """Use what is left of the time on the processor; most of it is taken away first."""
    signal.setitimer(signal.ITIMER_PROF, 0.2)
    while True:
        pass


def sleep():
    time.sleep(60)


def eat():
    return len(bytearray(600 * 1024 * 1024))


def eat_and_refuse():
    """Refuse a file with 200 MB in hand, as a parser does in the middle of one; they are part of a cycle."""
    held = [bytearray(200 * 1024 * 1024)]
    held.append(held)
    try:
        raise ValueError
    except ValueError as error:
        raise NotReadable("damaged") from error


def crash():
    time.sleep(0.3)  # until the parent knows who took the file
    os.kill(os.getpid(), signal.SIGSEGV)


def err():
    raise KeyError("from a parser")


def pid():
    return os.getpid()
