"""Changes: `EventSource` in Chromium, which reconnects by itself, and the receiver of a webhook, which verifies deliveries
with the public `standardwebhooks`."""

import json
import queue
import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from conftest import HERE, Daybook
from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class Line:
    """A small proxy to a service, whose connections can be cut."""

    def __init__(self, service):
        self.service, self.open, self.is_cut, self.passed = service, set(), False, b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:{}".format(self.listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        self.is_cut = True
        for end in list(self.open):
            # The other end may have disconnected already.
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def repair(self):
        self.is_cut = False

    def _accept(self):
        while True:
            client, _ = self.listener.accept()
            address = urlsplit(self.service.url)
            try:
                if self.is_cut:
                    raise ConnectionRefusedError
                server = socket.create_connection((address.hostname, address.port))
            except OSError:
                client.close()
                continue
            for source, target in [(client, server), (server, client)]:
                self.open.add(source)
                threading.Thread(target=self._pump, args=(source, target), daemon=True).start()

    def _pump(self, source, target):
        with suppress(OSError):
            while octets := source.recv(65536):
                target.sendall(octets)
                self.passed += octets
            target.shutdown(socket.SHUT_RDWR)
        self.open.discard(source)


@pytest.fixture
def service(tmp_path):
    """An empty service that may connect to this machine."""
    with Daybook(tmp_path, "--allow-network", "127.0.0.0/8") as service:
        service.serve()
        yield service


def test_eventsource_reconnects_and_misses_nothing(chromium, service):
    line, page = Line(service), chromium.new_page()
    page.route("**/stream.html", lambda route: route.fulfill(path=HERE / "pages/stream.html"))
    page.goto(line.url + "/stream.html")
    page.wait_for_function("source.readyState === EventSource.OPEN")
    while b"\nid: " not in line.passed:
        page.wait_for_timeout(10)

    def told(count):
        page.wait_for_function("count => told.length >= count", arg=count)
        return page.evaluate("told")

    # Disconnected before the first change, and after it.
    line.cut()
    service.announce("Chile and Peru will hold talks in Lima on 10 January.")
    line.repair()
    expected = [["event.created", "Chile–Peru talks in Lima"]]
    assert told(1) == expected
    service.announce("Norway and Iceland will hold talks in Oslo on 11 January.")
    expected.append(["event.created", "Norway–Iceland talks in Oslo"])
    assert told(2) == expected
    line.cut()
    service.announce("Japan and Australia will hold talks in Tokyo on 12 January.")
    line.repair()
    expected.append(["event.created", "Japan–Australia talks in Tokyo"])
    assert told(3) == expected
    # The service is restarted.
    service.stop()
    service.serve()
    service.announce("Canada and Denmark will hold talks in Ottawa on 13 January.")
    expected.append(["event.created", "Canada–Denmark talks in Ottawa"])
    assert told(4) == expected
    page.close()


class Receiver:
    """A receiver that responds as specified."""

    def __init__(self):
        self.messages, self.statuses = queue.Queue(), queue.Queue()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.messages.put((body, dict(self.headers)))
                self.send_response(204 if receiver.statuses.empty() else receiver.statuses.get())
                self.end_headers()

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:{}/hook".format(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()

    def next(self):
        return self.messages.get(timeout=60)


def test_a_receiver_verifies_what_it_is_sent(service):
    receiver = Receiver()
    made = service.session.post(service.url + "/v1/webhooks", json={"url": receiver.url}, timeout=30)
    assert made.status_code == 201, made.text
    first = Webhook(made.json()["secret"])
    service.announce("Chile and Peru will hold talks in Lima on 10 January.")
    body, headers = receiver.next()
    message = first.verify(body, headers)
    assert (message["type"], message["data"]["title"]) == ("event.created", "Chile–Peru talks in Lima")
    with pytest.raises(WebhookVerificationError):
        first.verify(body.replace(b"Lima", b"Rome"), headers)

    # After a change of the secret, both sign for a while.
    rotated = service.session.post(f"{service.url}/v1/webhooks/{made.json()['id']}/secret", timeout=30).json()
    receiver.statuses.put(500)
    service.announce("Norway and Iceland will hold talks in Oslo on 11 January.")
    body, headers = receiver.next()
    assert first.verify(body, headers) == Webhook(rotated["secret"]).verify(body, headers)
    # The delivery was not acknowledged, so it is sent again, even after a restart.
    service.stop()
    service.serve()
    again, headers_again = receiver.next()
    assert json.loads(again) == json.loads(body)
    assert headers_again["webhook-id"] == headers["webhook-id"]
    first.verify(again, headers_again)
