import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";

const target = document.getElementById("app");
const text = document.getElementById("abilene-data")?.textContent ?? "";
// Without data the plain page stays: better plain words than an empty frame.
if (target && text.trim().startsWith("{")) {
  document.documentElement.classList.add("app");
  mount(App, { target, props: { data: JSON.parse(text) } });
}
