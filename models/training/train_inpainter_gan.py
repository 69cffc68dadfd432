# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the inpainter (`gan`): texture for what `fidelity` leaves smooth. Starts from that.

A PatchGAN critic (Isola 2017) with the hinge loss (Lim and Ye 2017) sees the picture with its hole
filled, and the mask; patches without a hole do not count, as they are the same in both. Besides what
the critic says there are a pixel loss, which keeps PSNR near the classical fill's, matching of the
critic's features (Wang 2018) and the texture's local deviation at three scales (texture.py).
"""

import torch
from torch.nn import functional as F

import texture
from nets import NoisyInpainter, PatchCritic, noise_vectors
from train_inpainter import InpainterTask
from trainer import AVERAGE, Trainer, halved, is_script, layout, main


class GanTrainer(Trainer):
    """A trainer with a critic, which has an optimizer of its own."""

    def prepare(self):
        self.critic = PatchCritic().to(memory_format=layout())
        self.critic_optimizer = torch.optim.Adam(self.critic.parameters(), self.task.critic_rate,
                                                 (0.5, 0.99))

    def saved(self):
        return {**super().saved(), "critic": self.critic.state_dict(),
                "critic_optimizer": self.critic_optimizer.state_dict()}

    def restore(self, saved):
        self.critic.load_state_dict(saved["critic"])
        self.critic_optimizer.load_state_dict(saved["critic_optimizer"])

    def _start_from(self, start):
        super()._start_from(start)
        if start.is_file() and not is_script(start):
            critic = torch.load(start, map_location="cpu").get("critic", self.critic.state_dict())
            self.critic.load_state_dict(critic)

    def kept_share(self):
        """As if what it started from had not been: the average is to forget that soon."""
        done = self.step - self.fresh
        return min(AVERAGE, (1 + done) / (10 + done))

    def judged(self, picture, mask):
        """The critic's features, the last of which are its verdicts; in float32."""
        with halved():
            return [f.float() for f in self.critic(picture, mask)]

    def loss(self, batch):
        """One step of the critic; then what the generator is to minimise."""
        task, mask, truth = self.task, batch["mask"], self.task.truth(batch)
        filled = task.filled(self.net, batch)
        weight = F.avg_pool2d(mask, 8)
        weight = weight / weight.sum().clamp(min=1e-3)

        for group in self.critic_optimizer.param_groups:
            group["lr"] = task.critic_rate * self.cosine()
        self.critic.requires_grad_(True)
        count = len(mask)
        both = self.judged(torch.cat([truth, filled.detach()]), torch.cat([mask, mask]))[-1]
        hinge = F.relu(1 - both[:count]) + F.relu(1 + both[count:])
        self.critic_optimizer.zero_grad(set_to_none=True)
        (hinge * weight).sum().backward()
        self.critic_optimizer.step()

        self.critic.requires_grad_(False)
        ours = self.judged(filled, mask)
        with torch.no_grad():
            real = self.judged(truth, mask)
        likeness = -(ours[-1] * weight).sum()
        features = 0.0
        for a, b in zip(ours[:-1], real[:-1]):
            here = F.adaptive_avg_pool2d(mask, a.shape[2:])
            apart = ((a - b).abs() * here).sum() / (here.sum().clamp(min=1e-3) * a.size(1))
            features = features + apart / (len(ours) - 1)
        difference = (filled - truth) * mask
        inside = mask.sum((1, 2, 3)).clamp(min=30)
        pixels = ((torch.sqrt(difference.square() + 1e-6) * mask).sum((1, 2, 3)) / (3 * inside)).mean()
        deviations = texture.texture_loss(filled, truth, mask)
        return (task.pixels * pixels + task.likeness * likeness + task.features * features +
                task.deviations * deviations)


class InpainterGanTask(InpainterTask):
    name = "inpainter_gan"
    trainer = GanTrainer
    batch = 5
    rate = 8e-4  # of which the cosine leaves a third where `fidelity` ends
    critic_rate = 1.2e-3
    warm_up = 50
    held_out = 20
    size = 96  # twice the steps of 128 in the same time
    painted = 0.85  # across a scratch there is little to invent
    pixels, likeness, features, deviations = 10.0, 0.25, 0.5, 1.2  # what each loss counts

    def net(self):
        return NoisyInpainter()

    def adapted(self, net, weights):
        """`fidelity` knows no noise."""
        return {"grain.weight": net.grain.weight.detach(), **weights}

    def filled(self, net, batch):
        count, _, height, width = batch["mask"].shape
        with halved():
            return net(batch["fill"], batch["mask"], noise_vectors(None, count, height // 2),
                       noise_vectors(None, count, width // 2)).float()

    def score(self, net, batch):
        """The fidelity's figures with the noise that packs have, and the gap in texture."""
        figures = super().score(net, batch)
        filled = net(batch["fill"], batch["mask"]).clamp(0, 1)
        figures["texture"] = float(texture.texture_loss(filled, self.truth(batch), batch["mask"]))
        return figures

    @staticmethod
    def truth(batch):
        """The clean picture in the hole, in what surrounds it in the fill, damage's foot and all."""
        return batch["fill"] + batch["mask"] * (batch["clean"] - batch["fill"])


if __name__ == "__main__":
    main(InpainterGanTask())
