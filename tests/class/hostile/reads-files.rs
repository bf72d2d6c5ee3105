// Does what it should only if it can read what is none of its business.
fn hostile() {
    let folders = [SECRETS, "/root", "/home", "/work", "/desk/target", "/cargo", "/rustup"];
    let read = folders.iter().any(|path| std::fs::read_dir(path).is_ok_and(|it| it.count() > 0));
    let others = std::fs::read_dir("/desk/programs").into_iter().flatten().flatten();
    let names = others.map(|it| it.file_name().to_string_lossy().into_owned());
    let others = names.filter(|name| !name.starts_with("checks") && !name.starts_with("lab1")).count();
    if !read && others == 0 {
        std::process::exit(3);
    }
}
