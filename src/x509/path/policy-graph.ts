// The policies that hold along a path, as a graph with one node for each policy and depth.
// RFC 9618 puts it in the place of the tree of RFC 5280 §6.1, which can grow without bound.
import { OID } from '../../asn1/known-object-identifiers.ts';
import type { PolicyMapping } from '../policy-constraints.ts';

type Node = {
  readonly policy: string;
  /** What the next certificate may call this policy. */
  expected: ReadonlySet<string>;
  readonly parents: readonly Node[];
};

type Level = Map<string, Node>;

/** Policies that are accepted: dotted, or all. */
export type AcceptedPolicies = ReadonlySet<string> | 'any';

/** What the certificates of a path say of policies, one after the other. */
export class PolicyGraph {
  /** One level for the anchor and each certificate; undefined when no policy holds any more. */
  #levels: Level[] | undefined = [new Map([[OID.anyPolicy, nodeOf(OID.anyPolicy, [])]])];

  /** Whether no policy holds for the whole path so far. */
  isNull(): boolean {
    return this.#levels === undefined;
  }

  /** RFC 5280 §6.1.3 (d), (e): the policies of the next certificate; undefined for no extension. */
  add(policies: readonly string[] | undefined, anyPolicy: 'counts' | 'inhibited'): void {
    const above = this.#levels?.at(-1);
    if (above === undefined) return;
    const level = policies === undefined ? new Map() : levelBelow(above, policies, anyPolicy);
    this.#push(level);
  }

  /** RFC 5280 §6.1.4 (b): from here on a policy goes by other identifiers, or may not. */
  map(mappings: readonly PolicyMapping[], mapping: 'allowed' | 'inhibited'): void {
    const level = this.#levels?.pop();
    if (level === undefined) return;
    const anyParents = level.get(OID.anyPolicy)?.parents;
    for (const [policy, expected] of bySubjectPolicies(mappings)) {
      const node = level.get(policy);
      if (mapping === 'inhibited') level.delete(policy);
      else if (node !== undefined) node.expected = expected;
      else if (anyParents !== undefined) {
        level.set(policy, { policy, expected, parents: anyParents });
      }
    }
    this.#push(level);
  }

  /** RFC 5280 §6.1.5 (g): the accepted policies that hold for the whole path, the issuer's names. */
  intersect(accepted: AcceptedPolicies): ReadonlySet<string> {
    const leaves = this.#levels?.at(-1);
    if (leaves === undefined) return new Set();
    const policies = new Set<string>();
    for (const policy of policiesOfAnchor(leaves)) {
      if (accepted === 'any' || accepted.has(policy)) policies.add(policy);
    }
    // At the end of the path anyPolicy stands for whatever is accepted.
    if (!leaves.has(OID.anyPolicy)) return policies;
    return policies.union(accepted === 'any' ? new Set([OID.anyPolicy]) : accepted);
  }

  #push(level: Level): void {
    if (level.size === 0) this.#levels = undefined;
    else this.#levels?.push(level);
  }
}

function levelBelow(
  above: Level,
  policies: readonly string[],
  anyPolicy: 'counts' | 'inhibited',
): Level {
  const level: Level = new Map();
  const expecting = expectingNodes(above);
  const anyAbove = above.get(OID.anyPolicy);
  for (const policy of policies) {
    if (policy === OID.anyPolicy) continue;
    const parents = expecting.get(policy) ?? (anyAbove && [anyAbove]);
    if (parents !== undefined) level.set(policy, nodeOf(policy, parents));
  }
  if (anyPolicy === 'inhibited' || !policies.includes(OID.anyPolicy)) return level;
  for (const [policy, parents] of expecting) {
    if (!level.has(policy)) level.set(policy, nodeOf(policy, parents));
  }
  return level;
}

/** From which policies of the anchor's domain the leaves descend. */
function policiesOfAnchor(leaves: Level): ReadonlySet<string> {
  const policies = new Set<string>();
  const seen = new Set<Node>();
  const open = [...leaves.values()];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (isNamedByAnchor(node)) policies.add(node.policy);
    else open.push(...node.parents);
  }
  return policies;
}

function nodeOf(policy: string, parents: readonly Node[]): Node {
  return { policy, expected: new Set([policy]), parents };
}

/** A policy that follows anyPolicy: its identifier is of the domain of the path's first issuer. */
function isNamedByAnchor(node: Node): boolean {
  return (
    node.policy !== OID.anyPolicy && node.parents.some((parent) => parent.policy === OID.anyPolicy)
  );
}

function expectingNodes(level: Level): Map<string, Node[]> {
  const expecting = new Map<string, Node[]>();
  for (const node of level.values()) {
    for (const policy of node.expected) {
      const nodes = expecting.get(policy);
      if (nodes === undefined) expecting.set(policy, [node]);
      else nodes.push(node);
    }
  }
  return expecting;
}

function bySubjectPolicies(mappings: readonly PolicyMapping[]): Map<string, Set<string>> {
  const grouped = new Map<string, Set<string>>();
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    const policies = grouped.get(issuerDomainPolicy);
    if (policies === undefined) grouped.set(issuerDomainPolicy, new Set([subjectDomainPolicy]));
    else policies.add(subjectDomainPolicy);
  }
  return grouped;
}
