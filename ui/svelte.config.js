// Regions that scroll take the focus, so that the keyboard reaches what they hide: the compiler's warning about
// that is the rule for other elements.
export default {
  compilerOptions: { css: "external", warningFilter: (warning) => warning.code !== "a11y_no_noninteractive_tabindex" },
};
