// Equations as they are read aloud: what is said must hold like what is shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lineWords, texWords } from "../../static/js/model/tex_words.js";

const number = (/** @type {number} */ value) => ({ value, ref: "activation:1:0", paren: true });

test("a fraction is read as a quotient, with the brackets it needs", () => {
  assert.equal(texWords("\\frac{\\partial C}{\\partial w^{2}_{11}}"), "∂ C/∂ w^2_11");
  assert.equal(texWords("\\frac{\\partial J}{\\partial z^{(1)}_{1,1}}\\Delta z"), "∂ J/∂ z^(1)_1,1Δ z");
  assert.equal(texWords("C=\\tfrac12\\sum_j(y_j-a_j)^2"), "C=(1/2) Σ_j(y_j-a_j)^2");
  assert.equal(texWords("\\frac{1}{1+e^{-z}}"), "1/(1+e^-z)");
  assert.equal(texWords("\\frac{\\eta}{m}\\sum_x"), "(η/m) Σ_x");
  assert.equal(texWords("\\frac{\\frac{a}{b}}{c}"), "(a/b)/c");
  assert.equal(texWords("\\begin{bmatrix}\\frac{1-y}{1-a}\\end{bmatrix}=x"), "(1-y)/(1-a) =x");
  assert.equal(texWords("\\sqrt{a+b}\\,\\sqrt c"), "√(a+b) √c");
});

test("a fraction may begin in one piece of a line and end in another", () => {
  const pieces = ["\\frac{", number(0.982), "-", number(0), "}{", number(0.982), "\\left(1-", number(0.982), "\\right)}=", number(55.6)];
  assert.equal(lineWords(pieces, 4), "(0.982 - 0)/(0.982 (1- 0.982 ))= 55.6");
  assert.equal(lineWords(["\\frac{1}{1+e^{-", number(0.3775), "}}=", number(0.5933)], 4), "1/(1+e^-0.3775 )= 0.5933");
});

test("no letter and no product is left out", () => {
  const signs = ["\\lambda", "\\gamma", "\\alpha", "\\otimes", "\\circ", "\\top", "\\Vert", "\\langle", "\\rangle", "\\max", "\\log", "\\tanh", "\\leftarrow", "\\cdots", "\\hat y", "\\{", "\\}"];
  for (const sign of signs) {
    const said = texWords(`p${sign} q`);
    assert.notEqual(said.replaceAll(" ", ""), "pq", sign);
    assert.doesNotMatch(said, /[\\{}]/, sign);
  }
  assert.equal(texWords("\\hat y=\\alpha^\\top z^3"), "ŷ=α^T z^3");
});

test("activations that are joined are heard as one column, laid down or not", () => {
  assert.equal(texWords("w^5\\begin{bmatrix}a^4\\\\a^3\\end{bmatrix}+b^5"), "w^5[a^4; a^3]+b^5");
  assert.equal(texWords("\\delta^5\\begin{bmatrix}z^3\\\\z^2\\end{bmatrix}^\\top"), "δ^5[z^3; z^2]^T");
});
