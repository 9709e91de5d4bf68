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
