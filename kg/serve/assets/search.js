/** The home page's search: a chosen name leads to its page; the form answers without this script too. */
import { byId, safeHref } from "./dom.js";
import { suggest } from "./suggest.js";

suggest(byId("q"), ({ href }) => {
  if (safeHref(href)) window.location.assign(href);
});
