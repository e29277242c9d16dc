"""Where npm reaches nobody, that is said in seconds, not after its minutes of trying."""

from __future__ import annotations

import shutil
import socket
import time

import pytest

from tests.editor.fetch import ANSWER, reaches


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("npm") is None,
    reason="npm itself is asked how soon it notices that there is no network",
)
@pytest.mark.parametrize("silent", [True, False], ids=["silent", "refused"])
def test_a_network_that_is_not_there_is_noticed_at_once(silent: bool, monkeypatch: pytest.MonkeyPatch):
    """One that takes the question and never answers, and one where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        if not silent:
            listening.close()
        for name in ("npm_config_proxy", "npm_config_https_proxy", "http_proxy", "https_proxy", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{port}/")
        begun = time.monotonic()
        assert not reaches()
        assert time.monotonic() - begun < ANSWER + 1
