// The token as it is now: signing in again in another tab gives a new one.
export function csrfToken(fallback) {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : fallback;
}
