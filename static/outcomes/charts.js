// Draws a chart above each table of numbers, from the table itself: without this script the tables say the same.
const ink = getComputedStyle(document.documentElement);
const colour = (name, otherwise) => ink.getPropertyValue(name).trim() || otherwise;
const INK = colour("--ink", "#1c2027");
const LINE = colour("--line", "#d8dee6");
// apart in lightness too, and each with a pattern of its own: told apart without colour and on grey paper
const DARK = document.documentElement.dataset.bsTheme === "dark";
const FILLS = DARK ? ["#7fb3d5", "#e39a2d", "#c9d6e2"] : ["#1f4e79", "#e39a2d", "#7fb3d5"];
const MOST = 20;

function read(table, columns) {
  const headings = [...table.tHead.rows[0].cells].slice(1, 1 + columns).map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].slice(0, MOST).map((row) => ({
    name: row.cells[0].textContent.trim(),
    values: [...row.cells].slice(1, 1 + columns).map((cell) => (cell.dataset.value === "" ? null : Number(cell.dataset.value))),
  }));
  return { headings, rows };
}

function options({ headings, rows }, across) {
  const names = { type: "category", data: rows.map((row) => row.name), inverse: across, axisLabel: { color: INK, width: across ? 150 : 90, overflow: "truncate", hideOverlap: true }, axisLine: { lineStyle: { color: LINE } } };
  const numbers = { type: "value", minInterval: 1, axisLabel: { color: INK }, splitLine: { lineStyle: { color: LINE } } };
  return {
    animation: false,
    aria: { enabled: true, decal: { show: headings.length > 1 } },
    color: FILLS,
    textStyle: { fontFamily: "inherit" },
    tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
    legend: headings.length > 1 ? { top: 0, textStyle: { color: INK } } : undefined,
    grid: { left: 8, right: 40, top: headings.length > 1 ? 36 : 24, bottom: 8, containLabel: true },
    xAxis: across ? numbers : names,
    yAxis: across ? names : numbers,
    series: headings.map((heading, place) => ({
      name: heading,
      type: "bar",
      barMaxWidth: 36,
      data: rows.map((row) => row.values[place]),
      label: { show: rows.length <= 12, position: across ? "right" : "top", color: INK },
    })),
  };
}

for (const box of document.querySelectorAll("[data-chart]")) {
  const across = "across" in box.dataset;
  const table = read(document.getElementById(box.dataset.chart), Number(box.dataset.columns));
  box.hidden = false;
  const chart = window.echarts.init(box, null, { renderer: "canvas" });
  chart.setOption(options(table, across));
  new ResizeObserver(() => chart.resize()).observe(box);
}
