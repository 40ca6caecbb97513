"""SAC and TD3 updates in PyTorch, for comparison with `control-update`.

The same work as CleanRL's sac_continuous_action.py and td3_continuous_action.py per update: a batch of 256 from a buffer of 100,000 transitions
(17 numbers of observation, 6 of action), twin critics, for SAC two updates of policy and temperature at every second update. Written to be
fast: both critics in one batched product per layer, multi-tensor Adam, Polyak averaging over all tensors in one call, critics without gradients
while the actor learns, no synchronization inside the loop.

    python3 torch_sac_td3.py [--threads N] [--seconds S] [--hidden 256]
"""

import argparse
import math
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

OBSERVATION, ACTION, BATCH, BUFFER = 17, 6, 256, 100_000


class Critics(nn.Module):
    """Two critics as one stack of batched linear layers."""

    def __init__(self, hidden):
        super().__init__()
        sizes = [OBSERVATION + ACTION, hidden, hidden, 1]
        self.weights = nn.ParameterList()
        self.biases = nn.ParameterList()
        for inputs, outputs in zip(sizes, sizes[1:]):
            bound = 1 / math.sqrt(inputs)
            self.weights.append(nn.Parameter(torch.empty(2, inputs, outputs).uniform_(-bound, bound)))
            self.biases.append(nn.Parameter(torch.empty(2, 1, outputs).uniform_(-bound, bound)))

    def forward(self, observation, action):
        x = torch.cat([observation, action], 1).expand(2, -1, -1)
        for i, (weight, bias) in enumerate(zip(self.weights, self.biases)):
            x = torch.baddbmm(bias, x, weight)
            if i < 2:
                x = torch.relu(x)
        return x.squeeze(-1)


def actor_network(hidden, outputs):
    return nn.Sequential(nn.Linear(OBSERVATION, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, outputs))


class Buffer:
    def __init__(self):
        self.observation = torch.randn(BUFFER, OBSERVATION)
        self.next = torch.randn(BUFFER, OBSERVATION)
        self.action = torch.rand(BUFFER, ACTION) * 2 - 1
        self.reward = torch.randn(BUFFER)
        self.keep = (torch.rand(BUFFER) > 0.01).float()

    def sample(self):
        i = torch.randint(0, BUFFER, (BATCH,))
        return self.observation[i], self.action[i], self.reward[i], self.next[i], self.keep[i]


def adam(parameters, rate):
    return torch.optim.Adam(parameters, lr=rate, foreach=True)


def follow(target, source):
    torch._foreach_mul_(target, 0.995)
    torch._foreach_add_(target, source, alpha=0.005)


class Sac:
    def __init__(self, hidden):
        self.actor = actor_network(hidden, 2 * ACTION)
        self.critics, self.targets = Critics(hidden), Critics(hidden)
        self.targets.load_state_dict(self.critics.state_dict())
        self.pairs = [p.data for p in self.targets.parameters()], [p.data for p in self.critics.parameters()]
        self.log_alpha = torch.zeros(1, requires_grad=True)
        self.actor_adam = adam(self.actor.parameters(), 3e-4)
        self.critic_adam = adam(self.critics.parameters(), 1e-3)
        self.alpha_adam = adam([self.log_alpha], 1e-3)
        self.updates = 0

    def draw(self, observation):
        mean, x = self.actor(observation).chunk(2, 1)
        log_std = -5 + 3.5 * (torch.tanh(x) + 1)
        noise = torch.randn_like(mean)
        action = torch.tanh(mean + log_std.exp() * noise)
        log_prob = (-0.5 * noise * noise - log_std - 0.9189385 - torch.log(1 - action * action + 1e-6)).sum(1)
        return action, log_prob

    def update(self, batch):
        observation, action, reward, following, keep = batch
        with torch.no_grad():
            alpha = self.log_alpha.exp()
            next_action, log_prob = self.draw(following)
            value = self.targets(following, next_action).amin(0) - alpha * log_prob
            target = reward + 0.99 * keep * value
        loss = F.mse_loss(self.critics(observation, action), target.expand(2, -1)) * 2
        self.critic_adam.zero_grad()
        loss.backward()
        self.critic_adam.step()
        self.updates += 1
        if self.updates % 2 == 0:
            self.critics.requires_grad_(False)
            for _ in range(2):
                chosen, log_prob = self.draw(observation)
                alpha = self.log_alpha.detach().exp()
                loss = (alpha * log_prob - self.critics(observation, chosen).amin(0)).mean()
                self.actor_adam.zero_grad()
                loss.backward()
                self.actor_adam.step()
                loss = -(self.log_alpha.exp() * (log_prob.detach() - ACTION)).mean()
                self.alpha_adam.zero_grad()
                loss.backward()
                self.alpha_adam.step()
            self.critics.requires_grad_(True)
        follow(*self.pairs)


class Td3:
    def __init__(self, hidden):
        self.actor, self.target_actor = actor_network(hidden, ACTION), actor_network(hidden, ACTION)
        self.critics, self.targets = Critics(hidden), Critics(hidden)
        self.target_actor.load_state_dict(self.actor.state_dict())
        self.targets.load_state_dict(self.critics.state_dict())
        self.pairs = (
            [p.data for p in [*self.targets.parameters(), *self.target_actor.parameters()]],
            [p.data for p in [*self.critics.parameters(), *self.actor.parameters()]],
        )
        self.actor_adam = adam(self.actor.parameters(), 3e-4)
        self.critic_adam = adam(self.critics.parameters(), 3e-4)
        self.updates = 0

    def update(self, batch):
        observation, action, reward, following, keep = batch
        with torch.no_grad():
            noise = (torch.randn_like(action) * 0.2).clamp_(-0.5, 0.5)
            next_action = (torch.tanh(self.target_actor(following)) + noise).clamp_(-1, 1)
            target = reward + 0.99 * keep * self.targets(following, next_action).amin(0)
        loss = F.mse_loss(self.critics(observation, action), target.expand(2, -1)) * 2
        self.critic_adam.zero_grad()
        loss.backward()
        self.critic_adam.step()
        self.updates += 1
        if self.updates % 2 == 0:
            self.critics.requires_grad_(False)
            loss = -self.critics(observation, torch.tanh(self.actor(observation)))[0].mean()
            self.actor_adam.zero_grad()
            loss.backward()
            self.actor_adam.step()
            self.critics.requires_grad_(True)
            follow(*self.pairs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--hidden", type=int, nargs="*", default=[256, 64])
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    buffer = Buffer()
    for hidden in arguments.hidden:
        for algorithm in (Sac, Td3):
            learner = algorithm(hidden)
            for _ in range(50):
                learner.update(buffer.sample())
            best, done, begin = math.inf, 0, time.perf_counter()
            while time.perf_counter() - begin < arguments.seconds:
                start = time.perf_counter()
                for _ in range(20):
                    learner.update(buffer.sample())
                best = min(best, (time.perf_counter() - start) / 20)
                done += 20
            mean = (time.perf_counter() - begin) / done
            print(f"PyTorch {torch.__version__}, {arguments.threads} threads, {algorithm.__name__.lower()} {hidden}-{hidden}: best {1 / best:.0f} updates/s ({best * 1e3:.3f} ms), mean {1 / mean:.0f}")


if __name__ == "__main__":
    main()
