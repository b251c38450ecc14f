"""Serving: web, worker and database begin together, end together and leave nothing behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import time
from collections.abc import Iterable
from contextlib import closing

import psycopg
import pytest

from shenava.operations.folders import home_of
from shenava.operations.programs import mark_of
from tests.journeys.product import Product
from tests.operations.conftest import postmaster


def gone(pids: Iterable[int]) -> bool:
    """Have all of these ended within half a minute?"""
    deadline = time.monotonic() + 30
    left = set(pids)
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = {pid for pid in left if mark_of(pid)}
    return not left


def gives_way(pid: int, *, to: int) -> bool:
    """Does this process stand back where another wants to run, within half a minute of its beginning?"""
    deadline = time.monotonic() + 30
    while os.getpriority(os.PRIO_PROCESS, pid) <= os.getpriority(os.PRIO_PROCESS, to) and time.monotonic() < deadline:
        time.sleep(0.05)
    return os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, to)


def health(product: Product, *, method: str = "GET", host: str = "localhost") -> int:
    """The status of /healthz."""
    with closing(http.client.HTTPConnection("127.0.0.1", product.port, timeout=40)) as connection:
        connection.request(method, "/healthz", headers={"Host": host})
        return connection.getresponse().status


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_web_and_worker_and_leaves_nothing(ready: Product, ending: signal.Signals) -> None:
    ready.start()
    everybody = ready.everybody()
    children = ready.children()
    assert set(children) == {"web", "worker"}
    assert gives_way(children["worker"], to=children["web"])
    ready.processes[-1].send_signal(ending)
    assert ready.processes[-1].wait(60) == 0
    assert gone(everybody)
    assert "Traceback" not in ready.output


@pytest.mark.parametrize("child", ["web", "worker"])
def test_where_one_of_the_two_dies_everything_ends_and_says_so(ready: Product, child: str) -> None:
    ready.start()
    everybody = ready.everybody()
    os.kill(ready.children()[child], signal.SIGKILL)
    assert ready.processes[-1].wait(60) == 1
    assert gone(everybody)
    assert f"The {child} ended by itself (code -9); everything is stopped." in ready.output


def test_an_embedded_installation_ends_with_its_database_and_survives_every_killing(embedded: Product) -> None:
    home = home_of(embedded.data)
    embedded.start()
    begun, server = embedded.everybody(), postmaster(home)

    os.kill(server, signal.SIGKILL)
    assert gone([server])
    embedded.run("migrate")
    assert health(embedded) == 200
    assert embedded.everybody() >= begun

    embedded.processes[-1].kill()
    embedded.processes[-1].wait()
    embedded.start()
    assert gone(begun)
    assert health(embedded) == 200

    everybody, server = embedded.everybody(), postmaster(home)
    embedded.processes[-1].send_signal(signal.SIGINT)
    assert embedded.processes[-1].wait(60) == 0
    assert gone({*everybody, server})
    assert not (home / "postgres" / "postmaster.pid").exists()
    assert not list(home.glob("run/.s.*"))


def test_a_port_that_is_taken_is_told_in_one_sentence(ready: Product) -> None:
    with socket.create_server(("127.0.0.1", ready.port)):
        done = ready.run("serve", "--with-worker")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Nothing can listen on 127.0.0.1 port {ready.port} (Address already in use): ")
    assert len(done.stderr.splitlines()) == 1


def test_health_tells_that_the_database_is_lost_and_that_it_is_back(ready: Product, tables: str) -> None:
    name = ready.database_name
    elsewhere = ready.database.replace(f"/{name}?", "/postgres?")
    ready.start()
    worker = ready.children()["worker"]
    assert health(ready, host="any.other.name") == 200
    assert health(ready, method="POST") == 405
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        assert health(ready) == 503
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{tables}"')
    assert health(ready) == 200
    assert ready.children()["worker"] == worker
