#!/usr/bin/env python3
"""Opens an audit's report.html in a headless Chromium and looks at it as people do.

    browser.py REPORT.html FOLDER     keeps screenshots (light, dark, phone) and a print in FOLDER; a line a check

By the WebDriver protocol of chromedriver, without a network. Ends with 1 if something is not as it should be.
"""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

failures = 0


def check(what, ok, detail=""):
    global failures
    print(f"{'ok  ' if ok else 'FAIL'}  {what}" + ("" if ok else f": {detail}"), flush=True)
    failures += not ok


class Browser:
    """One session of chromedriver."""

    def __init__(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.home = tempfile.mkdtemp()
        self.driver = subprocess.Popen(
            ["chromedriver", f"--port={self.port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {"HOME": self.home})
        self.session = ""
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                            "--force-color-profile=srgb", "--disable-background-networking",
                            f"--user-data-dir={self.home}/profile"]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        for attempt in range(300):
            try:
                self.call("GET", "/status")
                break
            except OSError:
                time.sleep(0.1)
        made = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = "/session/" + made["sessionId"]

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{self.session}{path}", method=method,
            data=None if body is None else json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as e:
            raise RuntimeError(f"{method} {path}: {e.read().decode()[:2000]}") from e

    def cdp(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def js(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def open(self, url):
        self.call("POST", "/url", {"url": url})

    def log(self):
        return self.call("POST", "/se/log", {"type": "browser"})

    def scheme(self, name):
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def window(self, width, height, phone=False):
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=2 if phone else 1, mobile=phone)

    def screenshot(self, file, whole=True):
        size = self.cdp("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 8000), "scale": 1}
        shot = self.cdp("Page.captureScreenshot", format="png", captureBeyondViewport=True, **({"clip": clip} if whole else {}))
        file.write_bytes(base64.b64decode(shot["data"]))
        print(f"kept  {file}")

    def close(self):
        try:
            if self.session:
                self.call("DELETE", "")
        except (OSError, RuntimeError):
            pass
        self.driver.terminate()
        self.driver.wait(timeout=30)
        shutil.rmtree(self.home, ignore_errors=True)


# For each text that stands in a colour of its own: its contrast with what is behind it, the lowest first.
CONTRAST = """
const rgb = (text) => (text.match(/[0-9.]+/g) || []).map(Number);
const luminance = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (element) => {
  for (let e = element; e; e = e.parentElement) {
    const colour = rgb(getComputedStyle(e).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
let worst = [21, ""];
for (const element of document.querySelectorAll("main *")) {
  if (element.closest("svg") || ![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
  const [a, b] = [luminance(rgb(getComputedStyle(element).color)), luminance(behind(element))];
  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  if (contrast < worst[0]) worst = [contrast, element.tagName + "." + element.className];
}
return worst;
"""

# Clicks each header of each table twice: what is wrong then.
SORTING = """
const wrong = [];
let sorted = 0;
const collator = new Intl.Collator("en", { numeric: true });
for (const table of document.querySelectorAll("table")) {
  const headers = [...table.tHead.rows[0].cells];
  headers.forEach((header, index) => {
    const button = header.querySelector("button");
    if (!button) return;
    const before = table.tBodies[0].rows.length;
    const seen = new Set();
    for (let click = 0; click < 2; click++) {
      button.click();
      const direction = header.getAttribute("aria-sort");
      seen.add(direction);
      const values = [...table.tBodies[0].rows].map((row) => row.cells[index])
          .map((cell) => (header.classList.contains("number") ? Number(cell.dataset.value) : (cell.querySelector("b") ?? cell).textContent));
      const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
      const inOrder = values.every((v, i) => i === 0 || (direction === "ascending" ? compare(values[i - 1], v) : compare(v, values[i - 1])) <= 0);
      if (!inOrder) wrong.push(table.caption.textContent + " / " + button.textContent + " " + direction);
    }
    if (seen.size !== 2 || !seen.has("ascending")) wrong.push("directions of " + button.textContent);
    if (table.tBodies[0].rows.length !== before) wrong.push("rows of " + button.textContent);
    if (headers.filter((h) => ["ascending", "descending"].includes(h.getAttribute("aria-sort"))).length !== 1) wrong.push("aria-sort of " + button.textContent);
    sorted++;
  });
}
return [sorted, wrong];
"""

STRUCTURE = """
const wrong = [];
let level = 0;
for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
  const now = Number(heading.tagName[1]);
  if (now > level + 1) wrong.push("heading " + heading.textContent);
  level = now;
}
if (document.querySelectorAll("h1").length !== 1) wrong.push("h1");
for (const table of document.querySelectorAll("table")) {
  if (!table.caption || !table.caption.textContent) wrong.push("a table without a caption");
  for (const cell of table.tHead.rows[0].cells) if (cell.scope !== "col") wrong.push("a header without a scope");
}
for (const svg of document.querySelectorAll("svg")) {
  if (svg.getAttribute("aria-hidden") !== "true" && !svg.getAttribute("aria-label")) wrong.push("a picture without words");
}
if (!document.documentElement.lang) wrong.push("no language");
const allowed = new Set(["HTML", "HEAD", "META", "LINK", "TITLE", "STYLE", "BODY", "MAIN", "HEADER", "SECTION", "A", "H1", "H2", "P", "SPAN", "B",
  "I", "CODE", "DIV", "DL", "DT", "DD", "TABLE", "CAPTION", "THEAD", "TBODY", "TR", "TH", "TD", "FIGURE", "FIGCAPTION", "BUTTON", "INPUT",
  "SCRIPT"]);
for (const element of document.querySelectorAll("*")) {
  if (!element.closest("svg") && !allowed.has(element.tagName)) wrong.push("an element " + element.tagName);
  for (const attribute of element.attributes) if (attribute.name.startsWith("on")) wrong.push("an attribute " + attribute.name);
}
if (document.scripts.length !== 1) wrong.push(document.scripts.length + " scripts");
return wrong;
"""


def look(browser, page, folder):
    browser.cdp("Network.enable")
    browser.cdp("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0, uploadThroughput=0)
    browser.window(1280, 900)
    browser.scheme("light")
    browser.open(page.resolve().as_uri())
    check("the title", browser.js("return document.title").startswith("Audit of "), browser.js("return document.title"))
    wrong = browser.js(STRUCTURE)
    check("headings, captions, scopes; no element that is not ours", wrong == [], wrong)
    browser.screenshot(folder / "report-light.png")
    for scheme in "light", "dark":
        browser.scheme(scheme)
        contrast, where = browser.js(CONTRAST)
        check(f"all text can be read ({scheme}; lowest contrast {contrast:.1f})", contrast >= 4.5, where)
    browser.screenshot(folder / "report-dark.png")
    browser.scheme("light")
    browser.window(390, 844, phone=True)
    wide = browser.js("return [document.documentElement.scrollWidth, innerWidth]")
    check("nothing is wider than a phone", wide[0] <= wide[1], wide)
    browser.screenshot(folder / "report-phone.png")
    browser.window(1280, 900)
    count, wrong = browser.js(SORTING)
    check(f"tables sort by each of {count} columns, up and down", count > 0 and wrong == [], wrong)
    printed = browser.cdp("Page.printToPDF", printBackground=False, paperWidth=8.27, paperHeight=11.69)
    (folder / "report-print.pdf").write_bytes(base64.b64decode(printed["data"]))
    print(f"kept  {folder / 'report-print.pdf'}")
    log = [entry["message"] for entry in browser.log()]
    check("nothing in the console", log == [], log)


def main():
    page, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    browser = Browser()
    try:
        look(browser, page, folder)
    finally:
        browser.close()
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
