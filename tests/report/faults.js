// What cannot be read on this page as it stands, each in a few words; empty where all can.
() => {
  const found = new Set();
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".hidden, .skip, thead.hidden");
  const say = (fault, element) => {
    const path = [element.closest("section")?.id, element.tagName, element.getAttribute("class")].filter(Boolean).join(" ");
    found.add(`${fault}: ${path} "${(element.textContent || "").trim().slice(0, 60)}"`);
  };

  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) found.add(`the page is ${wide} pixels wide in a window of ${innerWidth}`);

  // Nothing is cut off or runs into its neighbour.
  for (const box of document.querySelectorAll(".scroll, .fit, table, th, td, .tile, figure, dd, summary")) {
    if (seen(box) && box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).display !== "inline" && box.clientWidth) say("wider than its box", box);
  }

  // Labels of charts and axes stand clear of each other and inside their picture.
  const boxes = (labels) => [...labels].filter(seen).map((label) => [label, label.getBoundingClientRect()]);
  const pictures = [...document.querySelectorAll("figure svg")].map((svg) => [svg, svg.querySelectorAll("text")]);
  const scales = [...document.querySelectorAll(".scale")].map((scale) => [null, scale.children]);
  for (const [picture, labels] of [...pictures, ...scales]) {
    const all = boxes(labels);
    all.forEach(([label, a], i) => {
      for (const [other, b] of all.slice(i + 1)) {
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (width > 1 && height > 2) say(`label over "${other.textContent}"`, label);
      }
      const frame = picture?.getBoundingClientRect();
      if (frame && (a.left < frame.left - 1 || a.right > frame.right + 1)) say("label outside its picture", label);
    });
  }

  // Text is large enough, and its contrast is that of WCAG AA. Elements of one make are looked at once.
  const parse = (colour) => { const [r, g, b, alpha = 1] = colour.match(/[\d.]+/g).map(Number); return { r, g, b, alpha }; };
  const over = (top, under) => {
    const mix = (name) => top[name] * top.alpha + under[name] * (1 - top.alpha);
    return { r: mix("r"), g: mix("g"), b: mix("b"), alpha: 1 };
  };
  const ground = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.alpha) layers.push(colour);
      if (colour.alpha === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), { r: 255, g: 255, b: 255, alpha: 1 });
  };
  const linear = (channel) => { const c = channel / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const light = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const contrast = (a, b) => { const [low, high] = [light(a), light(b)].sort((x, y) => x - y); return (high + 0.05) / (low + 0.05); };
  const makes = new Set();
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const up = [element, element.parentElement, element.parentElement?.parentElement];
    const make = up.map((one) => one ? `${one.tagName}.${one.getAttribute("class")}.${one.getAttribute("style")}` : "").join(" ");
    if (makes.has(make) || !seen(element) || element.closest("script, style, option, [aria-hidden='true'] .key")) continue;
    makes.add(make);
    const style = getComputedStyle(element);
    const drawn = element instanceof SVGElement;
    const scale = drawn ? element.getScreenCTM().a : 1;
    const size = parseFloat(style.fontSize) * scale;
    if (matchMedia("screen").matches && size < (drawn ? 10 : 11)) say(`letters of ${size.toFixed(1)} pixels`, element);
    const colour = drawn ? style.fill : style.color;
    if (!/^rgb/.test(colour)) continue;
    const under = ground(element);
    const ratio = contrast(over(parse(colour), under), under);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) say(`contrast ${ratio.toFixed(2)}`, element);
  }

  // Figures have a digit before their point.
  for (const element of document.querySelectorAll("td, th, .tile p, svg text, .lines dd, figcaption")) {
    if (seen(element) && !element.children.length && /(^|[\s(+−-])\.\d/.test(element.textContent)) say("no digit before the point", element);
  }
  return [...found].slice(0, 12);
}
