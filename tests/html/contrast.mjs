// Runs in the page. The contrast of every text with what is behind it, reckoned from the styles
// (WCAG 2.2, 1.4.3): axe does not say where a drawing is behind it, or where a table scrolls.
export function faint() {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((v) => v / 255).map(
      (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const [r, g, b, alpha = 1] = numbers(getComputedStyle(element).backgroundColor);
      if (alpha > 0) return alpha === 1 ? [r, g, b] : [NaN, NaN, NaN]; // seen through: not reckoned
    }
    return [255, 255, 255];
  };
  const contrast = (element) => {
    const style = getComputedStyle(element);
    const [r, g, b, alpha = 1] = numbers(element.closest('svg') ? style.fill : style.color);
    const [one, two] = [light([r, g, b]), light(behind(element))];
    return alpha === 1 ? (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05) : NaN;
  };
  const texts = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() && element.checkVisibility()) texts.add(element);
  }
  const unreadable = [...texts].map((element) => [contrast(element), element.outerHTML.slice(0, 90)])
    .filter(([ratio]) => !(ratio >= 4.5));
  return { texts: texts.size, unreadable };
}
