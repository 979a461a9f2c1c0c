// Downloads of what is seen: the picture as SVG or PNG, the numbers as CSV.
const KEEP = ["fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-dasharray", "font-family", "font-size", "font-weight", "text-anchor", "opacity"];

function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The picture as text that stands alone: styles are written into the marks, title and date above it. */
export function svgText(svg: SVGSVGElement, title: string, note: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const theirs = copy.querySelectorAll("*");
  svg.querySelectorAll("*").forEach((mark, at) => {
    const style = getComputedStyle(mark);
    for (const name of KEEP) theirs[at].setAttribute(name, style.getPropertyValue(name));
  });
  const box = svg.viewBox.baseVal;
  const page = getComputedStyle(document.body);
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const top = 46;
  copy.setAttribute("viewBox", `${box.x} ${box.y - top} ${box.width} ${box.height + top + 8}`);
  copy.setAttribute("width", String(box.width));
  copy.setAttribute("height", String(box.height + top + 8));
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const head = `<rect x="${box.x}" y="${box.y - top}" width="${box.width}" height="${box.height + top + 8}" fill="${page.backgroundColor}"/>` +
    `<text x="${box.x + 4}" y="${box.y - top + 18}" font-family="sans-serif" font-size="15" font-weight="bold" fill="${page.color}">${escape(title)}</text>` +
    `<text x="${box.x + 4}" y="${box.y - top + 36}" font-family="sans-serif" font-size="11" fill="${page.color}">${escape(note)}</text>`;
  copy.innerHTML = head + copy.innerHTML;
  return new XMLSerializer().serializeToString(copy);
}

export function saveSvg(svg: SVGSVGElement, name: string, title: string, note: string): void {
  save(new Blob([svgText(svg, title, note)], { type: "image/svg+xml" }), `${name}.svg`);
}

export async function savePng(svg: SVGSVGElement, name: string, title: string, note: string): Promise<void> {
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText(svg, title, note));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && save(blob, `${name}.png`));
}

export function saveCsv(rows: (string | number)[][], name: string): void {
  const cell = (value: string | number) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  const text = rows.map((row) => row.map(cell).join(",")).join("\n") + "\n";
  save(new Blob([text], { type: "text/csv" }), `${name}.csv`);
}
