"""The style and script of the findings page: plain CSS and JavaScript, nothing loaded from anywhere."""

from __future__ import annotations

STYLE = """
:root { --ink:#1d2330; --soft:#5b6475; --line:#d9dee7; --paper:#fff; --ground:#f4f6f9; --accent:#2457a6;
  --critical:#a4161a; --major:#b45309; --minor:#8a6d00; --neutral:#5b6475; --mark:#fde9a9; --mark-ink:#1d2330;
  --ins:#d7f0dc; --del:#fadadd; }
@media (prefers-color-scheme: dark) { :root { --ink:#e6e9ef; --soft:#a2acbd; --line:#3a4252; --paper:#1f2430;
  --ground:#171b24; --accent:#8ab4f8; --critical:#ff8a8f; --major:#f7b267; --minor:#e3cc66; --neutral:#a2acbd;
  --mark:#6b5716; --mark-ink:#fff; --ins:#1e4a2b; --del:#5b2529; } }
* { box-sizing:border-box; }
body { margin:0; background:var(--ground); color:var(--ink);
  font:16px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK SC","PingFang SC",
  "Microsoft YaHei",sans-serif; }
main { max-width:60rem; margin:0 auto; padding:1.5rem 1rem 4rem; }
h1 { font-size:1.6rem; margin:0 0 .2rem; } h2 { font-size:1.15rem; margin:2rem 0 .6rem; overflow-wrap:anywhere; }
p { margin:.2rem 0; } .soft { color:var(--soft); }
table { border-collapse:collapse; margin:1rem 0; width:100%; background:var(--paper); border:1px solid var(--line); }
th,td { padding:.35rem .6rem; text-align:left; border-bottom:1px solid var(--line); }
.wide { overflow-x:auto; }
td.n,th.n { text-align:right; font-variant-numeric:tabular-nums; } tfoot td { font-weight:600; border-bottom:0; }
.controls { position:sticky; top:0; background:var(--ground); padding:.6rem 0; display:flex; gap:.6rem 1rem;
  flex-wrap:wrap; align-items:center; border-bottom:1px solid var(--line); z-index:1; }
input[type=search],select { font:inherit; padding:.3rem .6rem; border:1px solid var(--line); border-radius:.3rem;
  background:var(--paper); color:var(--ink); min-width:0; } input[type=search] { flex:1 1 14rem; }
.controls label { white-space:nowrap; }
article { background:var(--paper); border:1px solid var(--line); border-radius:.4rem; margin:.8rem 0;
  padding:.7rem 1rem;  content-visibility:auto; contain-intrinsic-size:auto 11rem; break-inside:avoid; }
article[hidden],section[hidden] { display:none; }
.where { color:var(--soft); font-size:.85rem; overflow-wrap:anywhere; }
.text { margin:.3rem 0; overflow-wrap:anywhere; white-space:pre-wrap; } .text bdi { display:block; }
mark { background:var(--mark); color:var(--mark-ink); border-radius:.15rem; } mark.point { padding:0 .1rem; }
mark.critical { box-shadow:inset 0 -2px var(--critical); } mark.major { box-shadow:inset 0 -2px var(--major); }
mark.minor { box-shadow:inset 0 -2px var(--minor); } mark.neutral { box-shadow:inset 0 -2px var(--neutral); }
ul { list-style:none; margin:.5rem 0 0; padding:0; } li { margin:.35rem 0; padding-left:.7rem; overflow-wrap:anywhere;
  border-left:3px solid var(--line); }
li.critical { border-color:var(--critical); } li.major { border-color:var(--major); }
li.minor { border-color:var(--minor); }
b.critical { color:var(--critical); } b.major { color:var(--major); } b.minor { color:var(--minor); }
b.neutral { color:var(--neutral); }
code { font:inherit; color:var(--accent); } del { background:var(--del); }
ins { background:var(--ins); text-decoration:none; border-bottom:1px solid currentColor; }
.fix { display:block; margin-top:.15rem; white-space:pre-wrap; } #none { display:none; padding:1rem 0; }
@media (max-width:40rem) { .what { display:none; } }
@media print { body { background:#fff; color:#000; font-size:10pt; } .controls,#none { display:none !important; }
  main { max-width:none; padding:0; } article { content-visibility:visible; }
  * { -webkit-print-color-adjust:exact; print-color-adjust:exact; } }
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
