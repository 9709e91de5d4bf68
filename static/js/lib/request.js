// Requests to our own server with the token that proves they come from our own page.

export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

export function send(url, { method = "POST", headers = {}, ...rest } = {}) {
  return fetch(url, {
    method,
    credentials: "same-origin",
    headers: { "X-CSRFToken": csrfToken(), ...headers },
    ...rest,
  });
}

// Signing in again, in another tab, made a new token; it is in a cookie. Whether there is one.
export function renewToken() {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrf=([^;]+)/);
  if (cookie) document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": cookie[1] }));
  return cookie !== null;
}
