"""A client of yaml-language-server, as an editor is one: JSON-RPC over the standard streams of a process."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

TOP = Path(__file__).parents[2]

SERVER = TOP / ".venv" / "editor" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
"""Where ``make editor-test`` installs it."""

PATIENCE = 30.0
"""Seconds after which the server is taken to be silent."""

SETTINGS = {
    "yaml": {
        "validate": True,
        "hover": True,
        "completion": True,
        "schemaStore": {"enable": False},
        "disableDefaultProperties": True,
    }
}
"""What an editor is asked for: everything, and no schema from the network."""


class Editor:
    """One editor with one file open."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._arrived: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self._number = 0
        self._uri = ""
        self.notices: list[dict[str, Any]] = []
        """What the server said without being asked."""

    def __enter__(self) -> Self:
        capabilities = {
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True},
        }
        self.ask("initialize", processId=None, rootUri=None, capabilities=capabilities)
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": SETTINGS}})
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()

    def open(self, file: Path, text: str) -> None:
        """Open a file, with this text in the editor."""
        self._uri = file.as_uri()
        document = {"uri": self._uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})

    def diagnostics(self) -> list[dict[str, Any]]:
        """What the server finds wrong with the open file."""
        while True:
            for notice in self.notices:
                if notice.get("method") == "textDocument/publishDiagnostics" and notice["params"]["uri"] == self._uri:
                    found: list[dict[str, Any]] = notice["params"]["diagnostics"]
                    return found
            self._take()

    def hover(self, line: int, character: int) -> str:
        """The text that is shown when the pointer rests somewhere; empty where there is none."""
        answer = self.ask("textDocument/hover", textDocument={"uri": self._uri}, position=place(line, character))
        return str(answer["contents"]["value"]) if answer else ""

    def completions(self, line: int, character: int) -> list[str]:
        """What is offered somewhere."""
        answer = self.ask("textDocument/completion", textDocument={"uri": self._uri}, position=place(line, character))
        return [str(item["label"]) for item in answer["items"]]

    def ask(self, method: str, **params: Any) -> Any:
        """The answer to a request."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _take(self) -> dict[str, Any]:
        """The next message; what the server asks for is answered, and what it tells is kept."""
        try:
            message = self._arrived.get(timeout=PATIENCE)
        except queue.Empty:
            raise AssertionError("yaml-language-server says nothing any more") from None
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        elif "method" in message:
            self.notices.append(message)
        return message

    @staticmethod
    def _answer(message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [SETTINGS.get(item.get("section", "")) for item in message["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
                while stream.readline().strip():
                    pass
                self._arrived.put(json.loads(stream.read(length)))


def place(line: int, character: int) -> dict[str, int]:
    """A place in a text, both counted from 0."""
    return {"line": line, "character": character}
