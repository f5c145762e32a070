import { ObjectBuilder, RegoObject } from "#server/rego/values/rego-object.ts";
import { RegoSet, SetBuilder } from "#server/rego/values/rego-set.ts";
import { equal, type Key, keyOf, type Value } from "#server/rego/values/value.ts";

type Entry = { key: Value; content: Value | DocumentBuilder | SetBuilder };

/** A document that several rules write into, each at paths of its own. */
export class DocumentBuilder {
  private readonly entries = new Map<Key, Entry>();
  /** How often something was written, whether new or not. */
  writes = 0;

  get size(): number {
    return this.entries.size;
  }

  /** False if another value stands there. */
  put(path: readonly Value[], value: Value): boolean {
    this.writes++;
    const holder = this.descend(path);
    if (holder === undefined) return false;
    const key = path.at(-1) as Value;
    const before = holder.entries.get(keyOf(key));
    if (before === undefined) {
      holder.entries.set(keyOf(key), { key, content: value });
      return true;
    }
    return equal(finished(before.content), value);
  }

  /** Something stands at a path already. */
  has(path: readonly Value[]): boolean {
    let at: Entry["content"] | undefined = this;
    for (const key of path) at = at instanceof DocumentBuilder ? at.entries.get(keyOf(key))?.content : undefined;
    return at !== undefined;
  }

  addMember(path: readonly Value[], member: Value): boolean {
    this.writes++;
    const holder = this.descend(path);
    if (holder === undefined) return false;
    const key = path.at(-1) as Value;
    const before = holder.entries.get(keyOf(key));
    if (before === undefined) {
      holder.entries.set(keyOf(key), { key, content: new SetBuilder().add(member) });
      return true;
    }
    if (before.content instanceof RegoSet) before.content = setBuilderOf(before.content);
    if (!(before.content instanceof SetBuilder)) return false;
    before.content.add(member);
    return true;
  }

  /** The builder that holds the last key of a path, made where there is none. */
  private descend(path: readonly Value[]): DocumentBuilder | undefined {
    let at: DocumentBuilder = this;
    for (const key of path.slice(0, -1)) {
      let entry = at.entries.get(keyOf(key));
      if (entry === undefined) {
        entry = { key, content: new DocumentBuilder() };
        at.entries.set(keyOf(key), entry);
      }
      if (entry.content instanceof RegoObject) entry.content = documentBuilderOf(entry.content);
      if (!(entry.content instanceof DocumentBuilder)) return undefined;
      at = entry.content;
    }
    return at;
  }

  build(): RegoObject {
    const builder = new ObjectBuilder();
    for (const { key, content } of this.entries.values()) builder.set(key, finished(content));
    return builder.build();
  }

  /** Starts with the fields of an object. */
  adopt(object: RegoObject): this {
    for (const [key, content] of object.unsorted()) this.entries.set(keyOf(key), { key, content });
    return this;
  }
}

function documentBuilderOf(object: RegoObject): DocumentBuilder {
  return new DocumentBuilder().adopt(object);
}

function setBuilderOf(set: RegoSet): SetBuilder {
  const builder = new SetBuilder();
  for (const member of set.unsorted()) builder.add(member);
  return builder;
}

/** Builds a copy: the builder may be written to again. */
function finished(content: Entry["content"]): Value {
  if (content instanceof DocumentBuilder) return content.build();
  return content instanceof SetBuilder ? content.build() : content;
}
