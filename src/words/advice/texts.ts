/**
 * A text, or one that names a command to be typed.
 *
 * @param batch  the batch as it is typed after a command
 */
type Text = string | ((batch: string) => string);

/** A text for each of these keys. */
export type Texts<Key extends string> = Readonly<Record<Key, Text>>;
