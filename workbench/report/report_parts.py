"""The style and script of the report: plain CSS and JavaScript, nothing loaded from anywhere."""

from __future__ import annotations

STYLE = """
main { max-width:88rem; }
nav { margin:.4rem 0 0; } nav a { margin-right:1rem; white-space:nowrap; } a { color:var(--accent); }
.lead { max-width:62rem; font-size:1.05rem; }
.facts { display:grid; grid-template-columns:repeat(auto-fit,minmax(11rem,1fr)); gap:.7rem; margin:1rem 0; padding:0; }
.facts div { background:var(--paper); border:1px solid var(--line); border-radius:.4rem; padding:.55rem .8rem; }
.facts dt { color:var(--soft); font-size:.85rem; } .facts dd { margin:0; overflow-wrap:anywhere; }
.facts dd.big { font-size:1.35rem; font-weight:600; line-height:1.3; font-variant-numeric:tabular-nums; }
.facts dd.small { font-size:.85rem; color:var(--soft); }
.plots { display:grid; grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr)); gap:.9rem; margin:1rem 0; }
figure { margin:0; background:var(--paper); border:1px solid var(--line); border-radius:.4rem; padding:.7rem .9rem;
  break-inside:avoid; min-width:0; }
figcaption { font-weight:600; margin-bottom:.4rem; overflow-wrap:anywhere; }
figcaption span { display:block; font-weight:400; font-size:.85rem; color:var(--soft); }
.wide table { width:auto; min-width:min(100%,34rem); margin:.5rem 0; } .wide td,.wide th { white-space:nowrap; }
.side { display:flex; flex-wrap:wrap; gap:0 1.2rem; align-items:flex-start; } .side .wide table { min-width:21rem; }
.wide td.long { white-space:normal; overflow-wrap:anywhere; max-width:40rem; }
h3 { font-size:1rem; margin:1.1rem 0 .2rem; }
table.units { table-layout:fixed; margin-top:.5rem; } table.units td,table.units th { vertical-align:top; }
table.units .no { width:4.2rem; } table.units .score { width:4.8rem; } table.units .state { width:9.5rem; }
table.units .system { width:11rem; } table.units th[scope=row] { font-weight:500; overflow-wrap:anywhere; }
table.units tbody { break-inside:avoid; border-bottom:1px solid var(--line); }
table.units tbody td,table.units tbody th { border-bottom:0; }
td.text { overflow-wrap:anywhere; white-space:pre-wrap; } td.text bdi { display:block; }
td.state { overflow-wrap:anywhere; font-size:.85rem; } .chip { display:inline-block;
  white-space:nowrap; border:1px solid var(--soft);
  border-radius:1rem; padding:0 .5rem; font-size:.85rem; }
.chip.reviewed,.chip.final { font-weight:600; border-width:2px; }
td.state small { display:block; color:var(--soft); font-size:.78rem; }
del { text-decoration:line-through; text-decoration-thickness:1.5px; }
ins { border-bottom:2px solid currentColor; }
ul.found { list-style:none; margin:0; padding:0; font-size:.9rem; } ul.found li { margin:.15rem 0; padding-left:.6rem;
  border-left:3px solid var(--line); overflow-wrap:anywhere; } li.critical { border-color:var(--critical); }
li.major { border-color:var(--major); } li.minor { border-color:var(--minor); }
.units tr.more td { padding-top:0; } .fix { margin-left:.6rem; white-space:pre-wrap; }
.controls { display:none; } .js .controls { display:flex; } .pager { display:none; gap:.8rem; align-items:center;
  padding:.5rem 0; } .js .pager.on { display:flex; } .controls select { max-width:16rem; }
button { font:inherit; color:var(--accent); background:var(--paper); border:1px solid var(--line); border-radius:.3rem;
  padding:.2rem .7rem; cursor:pointer; } button:disabled { color:var(--soft); cursor:default; }
th [role=button] { cursor:pointer; }
th[aria-sort=ascending] [role=button]::after { content:" ▲"; }
th[aria-sort=descending] [role=button]::after { content:" ▼"; }
.js table.units tbody { display:none; } .js table.units tbody.on { display:table-row-group; }
:focus-visible { outline:2px solid var(--accent); outline-offset:1px; }
@media screen and (min-width:46.01rem) { .js table.units thead th { position:sticky; top:var(--bar-high,0);
  background:var(--paper); z-index:1; box-shadow:inset 0 -1px var(--line); } }
@media screen and (max-width:46rem) { table.units,table.units tr,table.units td,table.units th[scope=row] {
  display:block; } table.units thead { display:none; } table.units tbody { display:block; padding:.5rem 0; }
  .js table.units tbody.on { display:block; } table.units td,table.units th[scope=row] { padding:.15rem .7rem;
  width:auto !important; text-align:left; } td[data-label]::before { content:attr(data-label); color:var(--soft);
  font-size:.78rem; display:block; } td.n[data-label]::before { display:inline; margin-right:.5rem; }
  .systems td.n { display:inline-block !important; } .controls { position:static; }
  table.units td:empty { display:none; } }
@media print { @page { margin:12mm; } nav,.pager { display:none !important; } .facts dd.big { font-size:13pt; }
  .plots { grid-template-columns:1fr 1fr; } h2 { break-after:avoid; } thead { display:table-header-group; }
  tr { break-inside:avoid; } table.units { font-size:8.5pt; line-height:1.4; }
  .js table.units tbody { display:table-row-group; }
  .js table.units tbody.out { display:none; } #units { break-before:page; } table.units .no { width:2.1rem; }
  table.units .score { width:2.9rem; } table.units .state { width:7.4rem; } th,td { padding:.2rem .4rem; }
  td.state,td.state small,.chip { font-size:7.5pt; } .chip { padding:0 .3rem; } table.units .system { width:8rem; }
  th[aria-sort] [role=button]::after { content:""; } ul.found { font-size:8pt; }
  .wide { overflow:visible; } .wide td,.wide th { white-space:normal; } }
"""

EARLY = 'document.documentElement.className = "js";'

SCRIPT = """
(function () {
  "use strict";
  var table = document.querySelector("table.units");
  if (!table) { return; }
  var controls = document.querySelector(".controls"), pager = document.querySelector(".pager");
  var fields = Array.prototype.slice.call(controls.querySelectorAll("[name]"));
  var order = controls.querySelector("[name=order]"), shown = document.getElementById("shown");
  var where = document.getElementById("page"), steps = pager.querySelectorAll("button");
  var units = Array.prototype.map.call(table.tBodies, function (body) {
    return { body: body, data: body.dataset, text: null };
  });
  var kept = units, sorted = order.value, page = 0, wait = 0, first = order.value, number = new Intl.NumberFormat("en");

  function value(field) { return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value; }
  function holds(unit, words) {
    if (unit.text === null) { unit.text = unit.body.textContent.toLowerCase(); }
    return words.every(function (word) { return unit.text.indexOf(word) >= 0; });
  }
  function filter() {
    var words = [], wanted = [];
    fields.forEach(function (field) {
      if (field.name === "text") { words = field.value.toLowerCase().split(/\\s+/).filter(Boolean); }
      else if (field.name !== "order" && value(field)) { wanted.push([field.name, " " + value(field) + " "]); }
    });
    kept = units.filter(function (unit) {
      var keep = wanted.every(function (one) {
        return (" " + (unit.data[one[0]] || "") + " ").indexOf(one[1]) >= 0;
      }) && holds(unit, words);
      unit.body.classList.toggle("out", !keep);
      return keep;
    });
    page = 0;
  }
  function sort() {
    if (order.value === sorted) { return; }
    sorted = order.value;
    var parts = sorted.split(":"), key = parts[0], sign = parts[1] === "desc" ? -1 : 1;
    var all = document.createDocumentFragment();
    units.forEach(function (unit) {
      var own = parseFloat(unit.data[key]);
      unit.key = isNaN(own) ? Infinity : sign * own;
      unit.n = parseFloat(unit.data.n);
    });
    units.sort(function (a, b) { return a.key === b.key ? a.n - b.n : a.key < b.key ? -1 : 1; });
    units.forEach(function (unit) { all.appendChild(unit.body); });
    table.appendChild(all);
  }
  function show() {
    var size = 100, pages = Math.max(1, Math.ceil(kept.length / size)), from;
    page = Math.min(Math.max(page, 0), pages - 1);
    from = page * size;
    Array.prototype.forEach.call(table.querySelectorAll("tbody.on"), function (body) {
      body.classList.remove("on");
    });
    kept.slice(from, from + size).forEach(function (unit) { unit.body.classList.add("on"); });
    shown.textContent = kept.length === units.length ? number.format(units.length) + " shown"
      : number.format(kept.length) + " of " + number.format(units.length) + " shown";
    pager.classList.toggle("on", pages > 1);
    where.textContent = "page " + (page + 1) + " of " + pages;
    steps[0].disabled = page === 0;
    steps[1].disabled = page === pages - 1;
    Array.prototype.forEach.call(table.querySelectorAll("th[data-sort]"), function (head) {
      var parts = order.value.split(":");
      if (parts[0] === head.dataset.sort) {
        head.setAttribute("aria-sort", parts[1] === "desc" ? "descending" : "ascending");
      } else { head.removeAttribute("aria-sort"); }
    });
    document.documentElement.style.setProperty("--bar-high", controls.offsetHeight + "px");
  }
  function remember() {
    var said = new URLSearchParams();
    fields.forEach(function (field) {
      var own = value(field);
      if (own && !(field === order && own === first)) { said.set(field.name, own); }
    });
    if (page) { said.set("page", page + 1); }
    history.replaceState(null, "", "#" + (said.toString() || "units"));
  }
  function recall() {
    var said = new URLSearchParams(location.hash.indexOf("=") > 0 ? location.hash.slice(1) : "");
    fields.forEach(function (field) {
      var own = said.get(field.name);
      if (own === null) { return; }
      if (field.type === "checkbox") { field.checked = own === field.value; return; }
      if (field !== order || option(own)) { field.value = own; }
    });
    filter();
    page = (parseInt(said.get("page"), 10) || 1) - 1;
    resort();
    show();
    if (said.toString()) { document.getElementById("units").scrollIntoView(); }
  }
  function resort() { sort(); kept = units.filter(function (unit) { return !unit.body.classList.contains("out"); }); }
  function option(name) {
    return Array.prototype.some.call(order.options, function (one) { return one.value === name; });
  }
  function renew() { filter(); resort(); show(); remember(); }
  function turn(by) { page += by; show(); remember(); document.getElementById("units").scrollIntoView(); }

  fields.forEach(function (field) {
    if (field.name === "text") {
      field.addEventListener("input", function () { clearTimeout(wait); wait = setTimeout(renew, 150); });
    } else { field.addEventListener("change", renew); }
  });
  Array.prototype.forEach.call(table.querySelectorAll("th[data-sort]"), function (head) {
    // A real button would be missing where print repeats the heading.
    var button = document.createElement("span"), key = head.dataset.sort;
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.textContent = head.textContent;
    head.textContent = "";
    head.appendChild(button);
    button.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); button.click(); }
    });
    button.addEventListener("click", function () {
      var one = head.dataset.first, other = key + (one === key + ":asc" ? ":desc" : ":asc");
      order.value = order.value === one && option(other) ? other : one;
      renew();
    });
  });
  steps[0].addEventListener("click", function () { turn(-1); });
  steps[1].addEventListener("click", function () { turn(1); });
  window.addEventListener("hashchange", function () { if (location.hash.indexOf("=") > 0) { recall(); } });
  recall();
})();
"""
