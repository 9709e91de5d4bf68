// What a revision says of where it was written: "phone · Safari".

export function device() {
  const agent = navigator.userAgent;
  const kind = /iPad|Tablet/.test(agent) ? "tablet" : /Mobi|Android|iPhone/.test(agent) ? "phone" : "laptop";
  const browser = [/Firefox/, /Edg/, /Chrome|CriOS/, /Safari/].find((pattern) => pattern.test(agent));
  const names = { Firefox: "Firefox", Edg: "Edge", "Chrome|CriOS": "Chromium", Safari: "Safari" };
  return [kind, names[browser?.source]].filter(Boolean).join(" · ");
}
