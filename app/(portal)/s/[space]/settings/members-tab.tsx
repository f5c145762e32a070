"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { ActorName } from "#app/_portal/actor-name.tsx";
import { useSpace } from "#app/_portal/session/use-space.ts";
import { rolePurpose, roleWords } from "#app/_portal/shell/role-words.ts";
import { useTRPC } from "#app/_trpc/react.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Moment } from "#app/_ui/time/moment.tsx";
import type { Role } from "#server/actor.ts";
import { AddMember } from "./add-member.tsx";
import { MemberRoles } from "./member-roles.tsx";
import styles from "./settings.module.css";

/** Who belongs to the space, with which roles. */
export function MembersTab({ space }: { space: string }) {
  const trpc = useTRPC();
  const { can } = useSpace();
  const { data } = useSuspenseQuery(trpc.space.members.queryOptions({ space }));
  const editable = can("member.edit");
  return (
    <>
      {editable ? <AddMember /> : null}
      <Section title={`${data.length} members`} plain>
        <DataTable
          label="Members"
          rows={data}
          rowKey={(member) => member.id}
          columns={[
            {
              key: "name",
              label: "Name",
              cell: (member) => (
                <span>
                  <ActorName actor={member} />
                  <span className={styles.hint}>
                    {member.email}
                    {member.demo ? " · demo" : ""}
                    {member.disabledAt ? " · disabled" : ""}
                  </span>
                </span>
              ),
            },
            {
              key: "roles",
              label: "Roles",
              cell: (member) =>
                editable ? (
                  <MemberRoles key={member.roles.join()} member={member} />
                ) : (
                  member.roles.map((role) => roleWords[role]).join(", ")
                ),
            },
            {
              key: "seen",
              label: "Last sign-in",
              cell: (member) => (member.lastSignInAt ? <Moment at={member.lastSignInAt} relative /> : "never"),
            },
          ]}
        />
      </Section>
      <Section title="What the roles may do">
        <ul className={styles.roles}>
          {(Object.keys(roleWords) as Role[]).map((role) => (
            <li key={role}>
              <strong>{roleWords[role]}</strong> {rolePurpose[role]}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
