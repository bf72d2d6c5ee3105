// Does what it should only if it can get at the checks' memory, files or program.
fn hostile() {
    let parent = std::os::unix::process::parent_id();
    let files = ["mem", "fd/1", "environ", "exe"].map(|name| format!("/proc/{parent}/{name}"));
    let opened = files.iter().any(|path| std::fs::File::open(path).is_ok());
    let programs = std::fs::read_dir("/desk/programs").into_iter().flatten().flatten();
    let read = programs.filter(|it| it.file_name().to_string_lossy().starts_with("checks"));
    let read = read.map(|it| it.path()).any(|path| std::fs::read(path).is_ok());
    if !opened && !read {
        std::process::exit(3);
    }
}
