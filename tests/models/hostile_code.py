# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile TorchScript code: each entry is the text of a network that does harm when run or loaded."""

NEXT = "\n      "  # a line's end inside brackets
USE = "torch.add(v0, torch.sum(y))"  # of a value y, so that it counts
SUB = "code/__torch__/sub.py"


def network(body="", constants="", forward="x: Tensor", returns="v0", extra=""):
    """A one-convolution network with statements, class constants, arguments or methods put in."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    fixed = "".join(f"  {line}\n" for line in constants.splitlines())
    return (
        'class Net(Module):\n  __parameters__ = ["w0", "w1", ]\n  __buffers__ = []\n'
        f"  w0 : Tensor\n  w1 : Tensor\n  training : bool\n{fixed}"
        f"  def forward(self: __torch__.Net,\n    {forward}) -> Tensor:\n"
        "    w0 = self.w0\n    w1 = self.w1\n"
        f"{lines}"
        "    v0 = torch.conv2d(x, w0, w1, [1, 1], [1, 1], [1, 1], 1)\n"
        f"    return {returns}\n{extra}"
    )


def opened(path, shared=True, size=6, module="torch"):
    """An expression that maps a file: with shared=True it makes the file."""
    return (f'{module}.from_file("{path}", {shared}, {size}, dtype=0, layout=None, device=None, '
            "pin_memory=None)")


def running(path):
    """name -> code; each makes the file `path(name)` when forward runs."""
    def save(name, spelling="torch.save"):
        return f'{spelling}(x, "{path(name)}")'

    def mapped(name, body="y = {}"):
        # What is mapped must have a use, or the compiler leaves it out.
        return network(body.format(opened(path(name))), returns=USE)

    quote = '"'
    return {
        "write-save": network(f"y = {save('write-save')}"),
        "write-mapped": mapped("write-mapped"),
        "write-mapped-filled": mapped("write-mapped-filled", "y = torch.fill_({}, 65)"),
        "write-ops": network(f"y = {save('write-ops', 'ops.aten.save')}"),
        "alias-torch": network(f"t = torch\ny = {save('alias-torch', 't.save')}"),
        "alias-ops": network(f"t = ops.aten\ny = {save('alias-ops', 't.save')}"),
        "spelled-spaces": network(f"y = {save('spelled-spaces', 'torch . save ')}"),
        "spelled-lines": network(f"y = {save('spelled-lines', f'(torch.{NEXT}save)')}"),
        "spelled-brackets": network(f"y = {save('spelled-brackets', '(torch).save')}"),
        "spelled-getattr": network(
            f"y = {save('spelled-getattr', f'getattr(torch, {quote}save{quote})')}"),
        "spelled-comment": network(
            f"y = {save('spelled-comment', f'(torch. # nothing to see{NEXT}save)')}"),
        "nested-argument": mapped("nested-argument", "y = torch.add(x, torch.sum({}))"),
        "nested-branch": mapped("nested-branch", "if torch.eq(torch.len([x, x]), 2):\n"
                                "  y = {}\nelse:\n  y = x"),
        "nested-loop": mapped("nested-loop", "y = x\nfor i in range(2):\n  y = {}"),
        "nested-comprehension": network(
            f"z = [{opened(path('nested-comprehension'))} for i in [1, 2]]\ny = z[0]",
            returns=USE),
    }


def called(path):
    """name -> records; the harm sits in another file of code."""
    def function(name):
        return (f"def harm(x: Tensor) -> Tensor:\n  y = {opened(path(name))}\n"
                "  return torch.sum(y)\n").encode()

    return {
        "called-function": {
            "code/__torch__.py": network("y = __torch__.sub.harm(x)", returns=USE).encode(),
            SUB: function("called-function")},
        # The reader inside torch finds names whatever their case is.
        "called-upper-case-file": {
            "code/__torch__.py": network("y = __torch__.sub.harm(x)", returns=USE).encode(),
            "code/__torch__/SUB.PY": function("called-upper-case-file")},
    }


def loading(path):
    """name -> code; each makes the file `path(name)` while it is loaded, before anything runs."""
    def state(name, statement):
        return (
            "  def __getstate__(self: __torch__.Net) -> Tuple[Tensor, Tensor, bool]:\n"
            "    return (self.w0, self.w1, self.training)\n"
            "  def __setstate__(self: __torch__.Net,\n"
            "    state: Tuple[Tensor, Tensor, bool]) -> NoneType:\n"
            f"    {statement}\n"
            "    a, b, c, = state\n    self.w0 = torch.add(a, torch.sum(y))\n    self.w1 = b\n    self.training = c\n"
            "    return None\n")

    def constant(name, kind="Tensor", expression="{}"):
        return network(constants=f"c : Final[{kind}] = {expression.format(opened(path(name)))}")

    return {
        "constant-mapped": constant("constant-mapped"),
        "constant-ops": network(
            constants=f"c : Final[Tensor] = {opened(path('constant-ops'), module='ops.aten')}"),
        "constant-saved": network(
            constants=f'c : Final[int] = torch.len([torch.save(1, "{path("constant-saved")}")])'),
        "constant-in-list": constant("constant-in-list", "List[Tensor]", "[{}]"),
        "constant-in-number": constant("constant-in-number", "int", "torch.len({})"),
        "default-argument": network(
            forward=f"x: Tensor,\n    y: Tensor={opened(path('default-argument'))}"),
        "default-of-other-method": network(
            extra="  def other(self: __torch__.Net,\n"
                  f"    y: Tensor={opened(path('default-of-other-method'))}) -> Tensor:\n"
                  "    return y\n"),
        "setstate-mapped": network(
            extra=state("setstate-mapped", f"y = {opened(path('setstate-mapped'))}")),
        "setstate-saved": network(
            extra=state("setstate-saved",
                        f'z = torch.save(1, "{path("setstate-saved")}")\n    y = state[0]')),
    }


def hanging():
    return {"endless-loop": network("y = x\nwhile True:\n  y = torch.add(y, 1)", returns=USE)}


def crashing(depth=300000):
    """name -> code that overruns the stack of torch's own reader."""
    return {
        "nested-brackets": network(returns="(" * depth + "v0" + ")" * depth),
        "nested-lists": network(returns="[" * depth + "v0" + "]" * depth),
        "nested-minus": network(returns="-" * depth + "v0"),
        "nested-not": network("y = " + "not " * depth + "True"),
        "nested-powers": network(returns="v0" + " ** 1" * depth),
        "nested-sums": network(returns="v0" + " + 1" * depth),
        "nested-elifs": network("y = 1\nif False:\n  y = 1\n"
                                + "elif False:\n  y = 1\n" * depth),
    }
