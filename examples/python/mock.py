"""Starts org-mock, and drives it over /_mock. Python's standard library is enough."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request


class Mock:
    """A running org-mock. Use it as a context manager."""

    def __init__(self, *flags):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        self.url = f"{self.origin}/v1"
        command = ["node_modules/.bin/org-mock", "--port", str(port), "--log", "none", *flags]
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def __enter__(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                self.control("GET", "health")
                return self
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > deadline or self._process.poll() is not None:
                    self._process.kill()
                    raise
                time.sleep(0.05)

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def control(self, method, path, body=None):
        """Calls a control endpoint, such as ("POST", "faults", {"status": 503})."""
        request = urllib.request.Request(f"{self.origin}/_mock/{path}", method=method)
        if body is not None:
            request.add_header("content-type", "application/json")
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request) as response:
            text = response.read()
        return json.loads(text) if text else None
