/** Props that a mounted component follows when they are assigned to. */
export function reactive<Props extends object>(props: Props): Props {
  let now = $state.raw(props);
  return new Proxy(props, {
    get: (_, key) => Reflect.get(now, key),
    set: (_, key, value) => {
      now = { ...now, [key]: value };
      return true;
    },
    has: (_, key) => key in now,
    ownKeys: () => Reflect.ownKeys(now),
    getOwnPropertyDescriptor: (_, key) => Object.getOwnPropertyDescriptor(now, key),
  });
}
