"""Communities as soft regions behind the map, and the filter by relation, in a real browser."""

from __future__ import annotations

import pytest
from view_graphs import many, seed_like

pytestmark = pytest.mark.browser

# How many pixels of the canvas have exactly the colour of one region over the page: hsl as the page draws it, laid on its background.
TINTED = """() => {
  const canvas = document.querySelector("#map canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const tints = [212, 32, 152, 280, 4, 188, 92, 330, 50, 240, 120, 308].map((hue) => {
    const small = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    small.fillStyle = `hsl(${hue} 60% 48% / .085)`;
    small.fillRect(0, 0, 1, 1);
    return [...small.getImageData(0, 0, 1, 1).data];
  });
  let count = 0;
  for (let i = 0; i < data.length; i += 4)
    if (tints.some((t) => t.every((value, k) => Math.abs(data[i + k] - value) <= (k === 3 ? 1 : 6)))) count += 1;
  return count;
}"""


def test_communities_are_soft_regions_that_give_way_to_what_is_in_focus(open_view) -> None:
    seen = open_view(many(200))
    assert seen.page.evaluate(TINTED) > 5000
    seen.search("Concept number 0")
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate(TINTED) < 500


def test_a_relation_is_taken_off_the_map(open_view) -> None:
    seen = open_view(seed_like())
    facts = lambda: int(seen.page.get_attribute("#map", "aria-label").split()[5])  # noqa: E731
    before = facts()
    seen.page.locator("#side summary", has_text="Relations").click()
    seen.page.get_by_role("checkbox", name="trained on").uncheck()
    assert facts() < before
    assert "trainedOn" in seen.page.evaluate("location.hash")
