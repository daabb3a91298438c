"""The style and script of the findings page: plain CSS and JavaScript, nothing loaded from anywhere."""

from __future__ import annotations

STYLE = """
main { max-width:60rem; }
article { background:var(--paper); border:1px solid var(--line); border-radius:.4rem; margin:.8rem 0;
  padding:.7rem 1rem;  content-visibility:auto; contain-intrinsic-size:auto 11rem; break-inside:avoid; }
article[hidden],section[hidden] { display:none; }
.where { color:var(--soft); font-size:.85rem; overflow-wrap:anywhere; }
.text { margin:.3rem 0; overflow-wrap:anywhere; white-space:pre-wrap; } .text bdi { display:block; }
ul { list-style:none; margin:.5rem 0 0; padding:0; } li { margin:.35rem 0; padding-left:.7rem; overflow-wrap:anywhere;
  border-left:3px solid var(--line); }
li.critical { border-color:var(--critical); } li.major { border-color:var(--major); }
li.minor { border-color:var(--minor); }
.fix { display:block; margin-top:.15rem; white-space:pre-wrap; } #none { display:none; padding:1rem 0; }
@media (max-width:40rem) { .what { display:none; } }
@media print { #none { display:none !important; } main { max-width:none; } article { content-visibility:visible; } }
"""

SCRIPT = """
(function () {
  "use strict";
  var box = document.getElementById("words"), check = document.getElementById("check");
  var levels = Array.prototype.slice.call(document.querySelectorAll("input[name=severity]"));
  var units = Array.prototype.slice.call(document.querySelectorAll("article"));
  var texts = units.map(function (unit) { return unit.textContent.toLowerCase(); });
  var shown = document.getElementById("shown"), none = document.getElementById("none"), wait = 0;
  function filter() {
    var words = box.value.toLowerCase().split(/\\s+/).filter(Boolean), count = 0;
    var wanted = levels.filter(function (one) { return one.checked; }).map(function (one) { return one.value; });
    units.forEach(function (unit, index) {
      var visible = 0;
      if (words.every(function (word) { return texts[index].indexOf(word) >= 0; })) {
        Array.prototype.forEach.call(unit.querySelectorAll("li"), function (item) {
          var keep = wanted.indexOf(item.dataset.severity) >= 0 && (!check.value || item.dataset.check === check.value);
          item.hidden = !keep;
          visible += keep ? 1 : 0;
        });
      }
      unit.hidden = !visible;
      count += visible;
    });
    Array.prototype.forEach.call(document.querySelectorAll("section"), function (part) {
      part.hidden = !part.querySelector("article:not([hidden])");
    });
    shown.textContent = count + " shown";
    none.style.display = count ? "none" : "block";
  }
  function later() { clearTimeout(wait); wait = setTimeout(filter, 150); }
  box.addEventListener("input", later);
  check.addEventListener("change", filter);
  levels.forEach(function (one) { one.addEventListener("change", filter); });
})();
"""
