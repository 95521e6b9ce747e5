import { problemsOf } from "#app/config/checkFile.ts";
import type { Problem } from "#app/config/errors.ts";
import { suggestion } from "#app/config/nearest.ts";
import type { Operator } from "#app/config/operator.ts";
import type { YamlFile } from "#app/config/yamlFile.ts";

/** Authorities that a group of the operator names and that this environment does not have. */
export function unknownGroupMembers(
  files: readonly YamlFile[],
  { duplicateGroups }: Pick<Operator, "duplicateGroups">,
  ids: readonly string[],
): Problem[] {
  return files.flatMap((file) =>
    duplicateGroups.flatMap((group, index) =>
      group.flatMap((id, position) => {
        if (ids.includes(id)) return [];
        const path = ["duplicateGroups", index, position];
        return problemsOf(file, [{ path, what: `"${id}" is no authority here`, remedy: suggestion(id, ids) }]);
      }),
    ),
  );
}
