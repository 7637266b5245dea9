"""A report opened in headless Chromium, and looked through as a reader would."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
FAILURES = """<head><script>
const failures = [];
addEventListener("error", event => failures.push(event.message || event.target.outerHTML.slice(0, 200)), true);
</script>"""  # noqa: E501
# Opens each category by its link in the menu, then shows each of its results.
LOOK = """<script>
(async () => {
  const settled = () => new Promise(done => setTimeout(done, 100));
  const within = selector => [...document.querySelectorAll("#app " + selector)];
  const found = {failures, results: {}, links: []};
  const follow = () => found.links.push(...within("a").map(link => link.getAttribute("href")));
  try {
    await settled();
    follow();
    for (const category of Object.keys(categories)) {
      app.setView({navbarMode: "menu"});
      await settled();
      within("a").find(link => link.innerText.trim() === category).click();
      await settled();
      follow();
      for (const path of Object.values(categories[category]).flat()) {
        const result = results[path];
        app.setView({navbarMode: "resultinfo", resultPath: path, content: result.mime_type === "text/html" ? "html" : "img", contentPath: result.data_uri});
        await settled();
        follow();
        const image = within("img").find(each => each.src === result.data_uri);
        for (let waits = 0; image && !image.naturalWidth && waits < 20; waits++) await settled();
        const text = document.querySelector("#app nav").innerText;
        found.results[path] = {category, text, type: result.mime_type, width: image ? image.naturalWidth : 0};
      }
    }
  } catch (error) { failures.push(String(error)); }
  document.body.innerHTML = "<pre id='found'></pre>";
  document.querySelector("#found").textContent = JSON.stringify(found);
})();
</script></body>"""  # noqa: E501


def look_through(report: Path, folder: Path) -> dict[str, Any]:
    """What a browser shows of a report.

    Returns
    -------
    ``failures`` (errors of scripts and of loading), ``links`` (every href seen) and ``results``: by
    path its category, its type, the text beside it, and the width of its picture in pixels.
    """
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed")
    text = report.read_text()
    head, _, tail = text.rpartition("</body>")
    page = folder / "looked_through.html"
    page.write_text(head.replace("<head>", FAILURES, 1) + LOOK + tail)
    run = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu",
            f"--user-data-dir={folder}/profile", "--host-resolver-rules=MAP * ~NOTFOUND",
            "--virtual-time-budget=60000", "--dump-dom", page.as_uri(),
        ],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    found = re.search(r'<pre id="found">(.*?)</pre>', run.stdout, re.DOTALL)
    assert found, f"the report did not load: {run.stderr[-500:]}"
    result: dict[str, Any] = json.loads(html.unescape(found[1]))
    return result
