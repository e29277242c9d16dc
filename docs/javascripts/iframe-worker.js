// The search works in a worker, and browsers give none to a page that is opened from disk. There an empty frame takes
// its part: it loads the worker's script, and messages go between the two windows. The theme asks for the name
// IFrameWorker.
"use strict";

if (location.protocol === "file:") {
  window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.appendChild(frame);
      this.inner = frame.contentWindow;
      this.ready = new Promise((resolve) => {
        const page = this.inner.document;
        page.open();
        page.write("<!doctype html><body></body>");
        page.close();
        this.inner.postMessage = (data) => this.deliver(structuredClone(data));
        this.inner.importScripts = async (...scripts) => {
          for (const script of scripts) await load(page, script);
        };
        load(page, url).then(resolve);
      });
    }

    deliver(data) {
      const event = new MessageEvent("message", { data });
      this.dispatchEvent(event);
      if (this.onmessage) this.onmessage(event);
    }

    postMessage(data) {
      this.ready.then(() => this.inner.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) })));
    }

    terminate() {
      this.inner.frameElement.remove();
    }
  };
  window.Worker = window.IFrameWorker;

  function load(page, source) {
    return new Promise((resolve) => {
      const script = page.createElement("script");
      script.src = source;
      script.onload = resolve;
      page.body.appendChild(script);
    });
  }
}
