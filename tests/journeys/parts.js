// Every part of the page: what it is made of and where it stands, as one number, and how many elements it has.
// The parts come in the order of the page. Two with the same number are the same to axe: they differ in
// words, in how often something is repeated, and in what an id or an address is called.
() => {
  const WORDS = /^(id|name|href|src|value|nonce|title|alt|placeholder|content|aria-label|action|datetime|d|points|transform|data-.*|hx-.*)$/;
  const POINTS_AT = /^(for|form|headers|list|aria-(labelledby|describedby|controls|owns|details|activedescendant))$/;
  const CONTROL = "a, button, input, select, textarea, summary, [tabindex]";
  const timesOf = {};
  for (const { id } of document.querySelectorAll("[id]")) timesOf[id] = (timesOf[id] ?? 0) + 1;

  const number = words => {
    let [one, two] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < words.length; at++) {
      one = Math.imul(one ^ words.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ words.charCodeAt(at), 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return 4294967296 * (2097151 & two) + (one >>> 0);
  };
  const said = words => (words?.trim() ? "words" : "");
  const meant = id => {
    const one = document.getElementById(id);
    return one ? `${one.localName} ${said(one.textContent)}` : "nothing";
  };
  const attribute = ({ name, value }) => {
    if (POINTS_AT.test(name)) return `${name}=${value.split(/\s+/).map(meant)}`;
    if (WORDS.test(name)) return `${name}=${said(value)}`;
    return `${name}=${name === "class" ? value : value.replace(/[\d.]+/g, "0")}`;
  };
  // What only the layout tells: a small thing to press, something that scrolls, something not shown.
  const looks = one => {
    const { width, height } = one.getBoundingClientRect();
    const small = (width < 24 || height < 24) && one.matches(CONTROL);
    const over = one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight;
    const scrolls = over && /auto|scroll/.test(getComputedStyle(one).overflow);
    return `${!width || !height} ${small} ${scrolls}`;
  };
  const itself = one =>
    [
      one.localName,
      ...[...one.attributes].map(attribute).sort(),
      ...[...(one.labels ?? [])].map(label => `label=${said(label.textContent)}`),
      timesOf[one.id] > 1,
      looks(one),
    ].join("|");

  const found = [];
  const walk = (one, above) => {
    const own = itself(one);
    const [at, place] = [found.push(0) - 1, number(`${above}>${own}`)];
    const inside = new Set();
    for (const child of one.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE) inside.add(walk(child, place));
      else if (child.nodeType === Node.TEXT_NODE) inside.add(said(child.data));
    }
    const key = number(`${place}:${[...inside]}`);
    found[at] = `${key} ${found.length - at}`;
    return key;
  };
  walk(document.documentElement, innerWidth);
  return found.join(" "); // quicker to hand over than a thousand numbers
}
