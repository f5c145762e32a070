import { CopyButton } from "./copy-button.tsx";
import styles from "./copy-code.module.css";

/** An id, a hash or a command as it is written, with its copy button on the same line; `value` where the shown is cut short. */
export function CopyCode({ shown, value = shown, what }: { shown: string; value?: string; what: string }) {
  return (
    <span className={styles.line}>
      <code>{shown}</code>
      <CopyButton value={value} what={what} />
    </span>
  );
}
